#!/usr/bin/env bash
# s3rver 3.7.1 answers 200 to a second PUT with If-None-Match: * and writes over the object, as if the header were not
# there. Amazon S3 has answered 412 since 2024, and programs use such a PUT as a lock.
#
# Ran 2026-11-30 (Node 20, boto3 1.44.8): two writes of one key, each on the condition that the key is new.
# Expected: 200, 412, and the first contents. Seen: 200, 200, and the second.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund s3rver@3.7.1 >/dev/null
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check boto3==1.44.8
node -e '
  const S3rver = require("s3rver");
  const server = new S3rver({ port: 0, silent: true, directory: process.cwd() + "/data" });
  server.run().then(({ port }) => console.log(port));
' >port 2>/dev/null &
server=$!
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
seen=$(env/bin/python - "$(cat port)" <<'PY'
import sys, boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client(
    "s3", endpoint_url=f"http://127.0.0.1:{sys.argv[1]}", region_name="us-east-1",
    aws_access_key_id="S3RVER", aws_secret_access_key="S3RVER",
    config=Config(s3={"addressing_style": "path"}, request_checksum_calculation="when_required"),
)
client.create_bucket(Bucket="bucket")
def put(body):
    try:
        answer = client.put_object(Bucket="bucket", Key="lock", Body=body, IfNoneMatch="*")
    except ClientError as error:
        answer = error.response
    return answer["ResponseMetadata"]["HTTPStatusCode"]
print(put(b"first"), put(b"second"), client.get_object(Bucket="bucket", Key="lock")["Body"].read().decode())
PY
)
echo "statuses and contents: $seen"
expected="200 200 second"
[ "$seen" = "$expected" ] || { echo "changed: expected $expected"; exit 1; }
