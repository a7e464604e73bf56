# bin/setenv.sh of a TomEE that runs Portcullis; catalina.sh reads it at every start.

# A secret may be in a file, as Docker and systemd hand it over: PORTCULLIS_KEY_FILE=/run/secrets/key
for name in PORTCULLIS_KEY PORTCULLIS_DATABASE_PASSWORD PORTCULLIS_ADMIN_HASH PORTCULLIS_REALM_PASSWORD; do
  eval "file=\${${name}_FILE:-}"
  if [ -n "$file" ]; then
    eval "$name=\$(cat \"\$file\")"
    export "${name?}"
  fi
done

# Lets server.xml and tomcat-users.xml read environment variables; tomee.xml can anyway. Not in
# CATALINA_OPTS: stopping reads server.xml too.
JAVA_OPTS="$JAVA_OPTS -Dorg.apache.tomcat.util.digester.PROPERTY_SOURCE=org.apache.tomcat.util.digester.EnvironmentPropertySource"

# Where the process id goes, so that catalina.sh stop can make sure.
CATALINA_PID="${CATALINA_PID:-$CATALINA_BASE/temp/catalina.pid}"
