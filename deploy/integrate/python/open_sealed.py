"""Opens the personal texts of an event whose log is sealed, for a consumer that was given a key.

    open_sealed.py KEY CASE ID TYPE < event

KEY is the file that `casetrail keys export CASE` printed, which opens that case alone, or the master key. CASE is the record's
key, ID and TYPE its headers ce_id and ce_type; the value of the event comes on stdin. With the master key the value of the record
in casetrail.keys whose key is CASE, the last one of it, stands on a line before. Needs libsodium.
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


def key_of(case: str, words: str) -> bytes:
    if not words.startswith(MARK):
        return base64.b64decode(json.loads(words)["key"], validate=True)
    master = base64.b64decode(words.strip().removeprefix(MARK), validate=True)
    wrapped = json.loads(sys.stdin.readline())
    if wrapped["master_id"] != id_of(master):
        sys.exit(f"The key of {case} was wrapped with {wrapped['master_id']}, not with this master key.")
    return opened(master, wrapped["wrapped"], case.encode())


def main() -> None:
    file, case, event_id, event_type = sys.argv[1:]
    with open(file, encoding="utf-8") as lines:
        key = key_of(case, lines.readline())
    event = json.loads(sys.stdin.readline())
    key_id, sealed = event["pii"].pop("sealed").split(":")
    if key_id == id_of(key):  # else the key that it was sealed with was destroyed: the texts stay empty
        event["pii"] = json.loads(opened(key, sealed, f"{case}\n{event_id}\n{event_type}".encode()))
    print(json.dumps(event, ensure_ascii=False))


if __name__ == "__main__":
    main()
