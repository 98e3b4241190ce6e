"""What a Python session begins with: the connection of the environment's PG variables, which hold no secret."""
import psycopg

try:
    conn = psycopg.connect(autocommit=True)
    print(f"Connected to {conn.info.dbname} (PostgreSQL {conn.info.parameter_status('server_version')}).")
    print("conn is a psycopg connection; try conn.execute('select now()').fetchone().")
except psycopg.Error as error:
    print(f"There is no connection: {error}")
