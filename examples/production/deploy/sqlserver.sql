-- The database of a Recon store, one user that makes the schema and one that runs; a second time changes nothing. For sqlcmd:
--   sqlcmd -S SERVER -U sa -v MIGRATE_PASSWORD=… RUN_PASSWORD=… -b -i sqlserver.sql
IF DB_ID(N'recon') IS NULL
    CREATE DATABASE recon;
GO
-- People may read while a run is being written.
ALTER DATABASE recon SET ALLOW_SNAPSHOT_ISOLATION ON;
GO
USE recon;
GO
IF SUSER_ID(N'recon_migrate') IS NULL
    CREATE LOGIN recon_migrate WITH PASSWORD = N'$(MIGRATE_PASSWORD)';
IF SUSER_ID(N'recon_run') IS NULL
    CREATE LOGIN recon_run WITH PASSWORD = N'$(RUN_PASSWORD)';
GO
IF USER_ID(N'recon_migrate') IS NULL
    CREATE USER recon_migrate FOR LOGIN recon_migrate WITH DEFAULT_SCHEMA = dbo;
IF USER_ID(N'recon_run') IS NULL
    CREATE USER recon_run FOR LOGIN recon_run WITH DEFAULT_SCHEMA = dbo;
GO
-- It makes the tables and gives the other what it needs of them: the tables are of the owner of dbo, who alone could else give it.
GRANT CREATE TABLE TO recon_migrate;
GRANT CONTROL ON SCHEMA::dbo TO recon_migrate;
GO
