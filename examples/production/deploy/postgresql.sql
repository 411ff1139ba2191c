-- The database of a Recon store, one role that makes the schema and one that runs. For psql, as an administrator:
--   psql -v migrate_password=… -v run_password=… -f postgresql.sql
\set ON_ERROR_STOP on
CREATE ROLE recon_migrate LOGIN PASSWORD :'migrate_password';
CREATE ROLE recon_run LOGIN PASSWORD :'run_password';
CREATE DATABASE recon ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE recon FROM PUBLIC;
GRANT CONNECT, CREATE ON DATABASE recon TO recon_migrate;
GRANT CONNECT ON DATABASE recon TO recon_run;
