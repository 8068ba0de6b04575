"""Opens the personal texts of an event whose log is sealed, for a consumer that was given the master key.

    open_sealed.py MASTER_KEY CASE ID TYPE < records

CASE is the record's key, ID and TYPE its headers ce_id and ce_type. The first line of stdin is the value of the record in
casetrail.keys whose key is CASE (the last one counts), the second the value of the event. Needs libsodium.
"""

import base64
import ctypes
import ctypes.util
import json
import sys

sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
MARK = "casetrail_master_"
NONCE, TAG, KEY = 24, 16, 32


def keyed_hash(key: bytes, text: bytes, size: int) -> bytes:
    out = ctypes.create_string_buffer(size)
    sodium.crypto_generichash(out, ctypes.c_size_t(size), text, ctypes.c_ulonglong(len(text)), key, ctypes.c_size_t(len(key)))
    return out.raw


def id_of(key: bytes) -> str:
    return keyed_hash(key, b"id", KEY)[:8].hex()


def opened(key: bytes, sealed: str, place: bytes) -> bytes:
    """What was sealed with `key` at `place`; raises where it was changed, or sealed elsewhere."""
    data = base64.b64decode(sealed, validate=True)
    text = ctypes.create_string_buffer(max(len(data) - NONCE - TAG, 1))
    size = ctypes.c_ulonglong()
    cipher = data[NONCE:]
    if sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        text, ctypes.byref(size), None, cipher, ctypes.c_ulonglong(len(cipher)), place, ctypes.c_ulonglong(len(place)), data[:NONCE], key
    ):
        raise ValueError("It does not open.")
    return text.raw[: size.value]


def master_key(file: str) -> bytes:
    with open(file, encoding="ascii") as lines:
        return base64.b64decode(lines.readline().strip().removeprefix(MARK), validate=True)


def main() -> None:
    file, case, event_id, event_type = sys.argv[1:]
    wrapped, event = json.loads(sys.stdin.readline()), json.loads(sys.stdin.readline())
    master = master_key(file)
    if wrapped["master_id"] != id_of(master):
        sys.exit(f"The key of {case} was wrapped with {wrapped['master_id']}, not with this master key.")
    key = opened(master, wrapped["wrapped"], case.encode())
    key_id, sealed = event["pii"].pop("sealed").split(":")
    if key_id == id_of(key):  # else the key that it was sealed with was destroyed: the texts stay empty
        event["pii"] = json.loads(opened(key, sealed, f"{case}\n{event_id}\n{event_type}".encode()))
    print(json.dumps(event, ensure_ascii=False))


if __name__ == "__main__":
    main()
