#!/usr/bin/env bash
# s3s-fs 0.14.1 says EncodingType "url" in the list of a bucket and writes the keys as they are: clients that decode what
# is said to be encoded, as boto3 always does, get other keys than those that were written.
#
# Ran 2026-11-30 (Rust 1.95, boto3 1.44.8): one object named "a b+c" is written and listed.
# Expected: "a b+c". Seen: "a b c", which does not exist.
# Takes some minutes: it is compiled.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
cargo install --quiet --root . --version 0.14.1 --features binary s3s-fs
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check boto3==1.44.8
mkdir -p data/bucket
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
bin/s3s-fs data --host 127.0.0.1 --port "$port" --access-key id --secret-key secret >/dev/null 2>&1 &
server=$!
sleep 1
seen=$(env/bin/python - "$port" <<'PY'
import sys, boto3
from botocore.config import Config

client = boto3.client(
    "s3", endpoint_url=f"http://127.0.0.1:{sys.argv[1]}", region_name="us-east-1",
    aws_access_key_id="id", aws_secret_access_key="secret", config=Config(s3={"addressing_style": "path"}),
)
client.put_object(Bucket="bucket", Key="a b+c", Body=b"1")
print([entry["Key"] for entry in client.list_objects_v2(Bucket="bucket")["Contents"]])
PY
)
echo "keys: $seen"
expected="['a b c']"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
