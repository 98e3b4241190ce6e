"""In a network namespace of its own: listens on a port of 127.0.0.1, carries every connection to a Unix socket as it is, and runs a command beside it.

namespace.py PORT SOCKET COMMAND...    Its exit code is the command's. A line on standard input takes the loopback interface down, as a host that is gone would.
"""
import fcntl
import socket
import struct
import subprocess
import sys
import threading

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def serve(client, path):
    server = socket.socket(socket.AF_UNIX)
    server.connect(path)
    back = threading.Thread(target=copy, args=(server, client), daemon=True)
    back.start()
    copy(client, server)
    back.join()
    client.close()
    server.close()


def accept(listening, path):
    while True:
        client, _ = listening.accept()
        threading.Thread(target=serve, args=(client, path), daemon=True).start()


def cut_on_order():
    if sys.stdin.readline():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            request = bytearray(struct.pack("16sH14x", b"lo", 0))
            fcntl.ioctl(any_socket, SIOCGIFFLAGS, request)
            flags = struct.unpack_from("H", request, 16)[0]
            struct.pack_into("H", request, 16, flags & ~IFF_UP)
            fcntl.ioctl(any_socket, SIOCSIFFLAGS, request)


listening = socket.create_server(("127.0.0.1", int(sys.argv[1])))
threading.Thread(target=accept, args=(listening, sys.argv[2]), daemon=True).start()
command = subprocess.Popen(sys.argv[3:], stdin=subprocess.DEVNULL)
threading.Thread(target=cut_on_order, daemon=True).start()
sys.exit(command.wait() & 0xff)
