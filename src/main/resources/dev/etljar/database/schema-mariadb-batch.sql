-- Of Spring Batch's tables: text of any language whatever the server's default character set, names that differ in
-- case, and a context of any size.
alter table BATCH_JOB_INSTANCE convert to character set utf8mb4 collate utf8mb4_nopad_bin;
alter table BATCH_JOB_EXECUTION convert to character set utf8mb4 collate utf8mb4_nopad_bin;
alter table BATCH_JOB_EXECUTION_PARAMS convert to character set utf8mb4 collate utf8mb4_nopad_bin;
alter table BATCH_STEP_EXECUTION convert to character set utf8mb4 collate utf8mb4_nopad_bin;
alter table BATCH_STEP_EXECUTION_CONTEXT convert to character set utf8mb4 collate utf8mb4_nopad_bin;
alter table BATCH_JOB_EXECUTION_CONTEXT convert to character set utf8mb4 collate utf8mb4_nopad_bin;
alter table BATCH_STEP_EXECUTION_CONTEXT modify SERIALIZED_CONTEXT longtext;
alter table BATCH_JOB_EXECUTION_CONTEXT modify SERIALIZED_CONTEXT longtext;
