#!/usr/bin/env bash
# As 02, while another program eats one core.
set -euo pipefail
BUSY=1 exec "$(dirname "$0")/02-kill-twice.sh"
