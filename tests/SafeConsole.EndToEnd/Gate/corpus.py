"""Sends labelled statements to the console's database as a client would, each row on a connection of its own.

usage: corpus.py FILE.jsonl...

A row's application_name is its id and the protocol, so that the transcript tells which statements are whose. Nothing is judged here: what counts is the transcript.
"""
import json
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor

from psycopg import pq

SIMULTANEOUS = 6


def drain(connection):
    while result := connection.get_result():
        if result.status == pq.ExecStatus.COPY_OUT:
            while connection.get_copy_data(0)[0] > 0:
                pass
        elif result.status == pq.ExecStatus.COPY_IN:
            connection.put_copy_end(b"the client gives up")


def send(connection, text, protocol, values):
    if protocol == "simple":
        connection.send_query(text)
        drain(connection)
        return
    prepared = connection.prepare(b"", text)
    if prepared.status != pq.ExecStatus.COMMAND_OK:
        return
    wanted = connection.describe_prepared(b"").nparams
    given = [value.encode() for value in values] + [None] * wanted
    connection.send_query_prepared(b"", given[:wanted])
    drain(connection)


def run(row, protocol):
    texts = row["sql"] if isinstance(row["sql"], list) else [row["sql"]]
    texts = [*row.get("setup", []), *texts]
    connection = pq.PGconn.connect(f"application_name={row['id']}/{protocol}".encode())
    if connection.status != pq.ConnStatus.OK:
        raise SystemExit(f"{row['id']}: {connection.error_message.decode()}")
    for text in texts:
        if connection.status == pq.ConnStatus.OK:
            send(connection, text if isinstance(text, bytes) else text.encode(), protocol, row.get("params", []))
    connection.finish()


def has_parameters(sql):
    return isinstance(sql, str) and re.search(r"\$[1-9]", sql) is not None and not sql.startswith("PREPARE")


def rows(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row["sql"] = [bytes.fromhex(text) for text in row["raw_hex"]] if "raw_hex" in row else row["sql"]
            spoken = row.get("protocol", "extended" if has_parameters(row["sql"]) else "simple")
            for protocol in ("simple", "extended") if spoken == "both" else (spoken,):
                yield row, protocol


def main():
    work = [pair for path in sys.argv[1:] for pair in rows(path)]
    with ThreadPoolExecutor(SIMULTANEOUS) as pool:
        list(pool.map(lambda pair: run(*pair), work))
    print(f"corpus-sent {len(work)} rows")
    os._exit(0)


main()
