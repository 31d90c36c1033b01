create table etl_reject (
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
create index etl_reject_instance on etl_reject (job_instance_id);

-- The last table of this script: it being there tells that all of it is.
create table etl_publication (
  job_instance_id bigint not null,
  load_name character varying(200) not null,
  job_name character varying(100) not null,
  table_name character varying(200) not null,
  mode character varying(20) not null,
  row_count bigint not null,
  fingerprint character varying(64) not null,
  published_at timestamp(9) with time zone not null,
  primary key (job_instance_id, load_name)
);
