create table etl_reject (
  repository character varying(8) not null,
  job_instance_id bigint not null,
  load_index integer not null,
  file_index integer not null,
  load_name character varying(200) not null,
  file_name character varying not null,
  line_number bigint not null,
  record_number bigint not null,
  column_name character varying,
  field_value character varying,
  reason character varying not null,
  raw character varying not null
);
create index etl_reject_run on etl_reject (repository, job_instance_id);

create table etl_checkpoint (
  repository character varying(8) not null,
  job_instance_id bigint not null,
  part character varying(100) not null,
  step_execution_id bigint not null,
  byte_offset bigint not null,
  record_number bigint not null,
  line_number bigint not null,
  loaded bigint not null,
  rejected bigint not null,
  filtered bigint not null,
  primary key (repository, job_instance_id, part)
);

create table etl_publication (
  repository character varying(8) not null,
  job_instance_id bigint not null,
  load_name character varying(200) not null,
  job_name character varying(100) not null,
  table_name character varying(200) not null,
  mode character varying(20) not null,
  row_count bigint not null,
  fingerprint character varying(64) not null,
  published_at timestamp(6) not null,
  primary key (repository, job_instance_id, load_name)
);

create table etl_lease (
  name character varying(100) not null primary key,
  lock_until timestamp(3) not null,
  locked_at timestamp(3) not null,
  locked_by character varying(255) not null
);

-- The last table of this script: it being there tells that all of it is.
create table etl_repository (
  id integer not null primary key,
  token character varying(8) not null
);
