#!/bin/bash
# rpm runs this whenever files of a version were removed, at an update once the new version is there: then as many
# versions are left as the first argument says, and the command is theirs.
if [ "$1" -gt 0 ]; then exit 0; fi

if type update-alternatives > /dev/null 2>&1; then
    update-alternatives --remove wexflow-tray '/opt/Wexflow Tray/wexflow-tray'
else
    rm -f /usr/bin/wexflow-tray
fi

# Where the system has AppArmor, installing has put the profile there.
profile=/etc/apparmor.d/wexflow-tray
if [ -f "$profile" ]; then
    apparmor_parser --remove "$profile" > /dev/null 2>&1
    rm -f "$profile"
fi
