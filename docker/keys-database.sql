-- The keys of the people live in a database of their own, so that its backups can be short-lived.
CREATE DATABASE waylight_keys OWNER waylight;
