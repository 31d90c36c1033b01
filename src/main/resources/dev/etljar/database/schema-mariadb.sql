create table etl_reject (
  repository varchar(8) not null,
  job_instance_id bigint not null,
  load_index integer not null,
  file_index integer not null,
  load_name varchar(200) not null,
  file_name longtext not null,
  line_number bigint not null,
  record_number bigint not null,
  column_name longtext,
  field_value longtext,
  reason longtext not null,
  raw longtext not null
) engine=InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;
create index etl_reject_run on etl_reject (repository, job_instance_id);

create table etl_header (
  repository varchar(8) not null,
  job_instance_id bigint not null,
  load_index integer not null,
  file_index integer not null,
  field_names longtext not null,
  field_count integer not null,
  primary key (repository, job_instance_id, load_index, file_index)
) engine=InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

create table etl_replay (
  repository varchar(8) not null,
  job_instance_id bigint not null,
  load_index integer not null,
  file_index integer not null,
  line_number bigint not null,
  origin_instance_id bigint not null,
  origin_load_index integer not null,
  origin_file_index integer not null,
  origin_line_number bigint not null,
  origin_record_number bigint not null,
  primary key (repository, job_instance_id, load_index, file_index, line_number)
) engine=InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;
create index etl_replay_origin on etl_replay (repository, origin_instance_id);

create table etl_checkpoint (
  repository varchar(8) not null,
  job_instance_id bigint not null,
  part varchar(100) not null,
  step_execution_id bigint not null,
  byte_offset bigint not null,
  record_number bigint not null,
  line_number bigint not null,
  loaded bigint not null,
  rejected bigint not null,
  filtered bigint not null,
  primary key (repository, job_instance_id, part)
) engine=InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

create table etl_publication (
  id bigint not null auto_increment unique,
  repository varchar(8) not null,
  job_instance_id bigint not null,
  load_name varchar(200) not null,
  job_name varchar(100) not null,
  table_name varchar(200) not null,
  mode varchar(20) not null,
  row_count bigint not null,
  fingerprint varchar(64) not null,
  published_at datetime(6) not null,
  load_id_column varchar(200),
  image_table varchar(200),
  key_columns longtext,
  taken_back_at datetime(6),
  primary key (repository, job_instance_id, load_name)
) engine=InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

create table etl_approval (
  job_instance_id bigint not null,
  step_name varchar(20) not null,
  looked_at bigint not null,
  job_execution_id bigint not null,
  asked_at datetime(6) not null,
  expires_at datetime(6),
  decision varchar(20),
  decided_at datetime(6),
  decided_by varchar(200),
  note varchar(2000),
  primary key (job_instance_id, step_name, looked_at)
) engine=InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

create table etl_lease (
  name varchar(100) not null primary key,
  lock_until datetime(3) not null,
  locked_at datetime(3) not null,
  locked_by varchar(255) not null
) engine=InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;

-- The last table of this script: it being there tells that all of it is.
create table etl_repository (
  id integer not null primary key,
  token varchar(8) not null
) engine=InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;
