# The server in which Arquillian's adapter for Liberty runs tests, in a user directory of its own.
# liberty-inserver.sh USER_DIRECTORY DRIVER HTTP_PORT
set -e
files=server-config/liberty
server=$1/servers/inserver

rm -rf "$1"
mkdir -p "$server/jdbc" "$server/configDropins/defaults" "$server/configDropins/overrides"
cp "$files/server.xml" "$server/"
cp "$files/datasource-h2.xml" "$files/people.xml" "$server/configDropins/defaults/"
cp "$2" "$server/jdbc/"
# The adapter talks to the server, puts the WAR into dropins and reads the port as a number; the place of
# users' WAR stays empty. It stops the server by the port that bootstrap.properties closes.
cat > "$server/configDropins/overrides/inserver.xml" <<END
<server>
  <featureManager>
    <feature>localConnector-1.0</feature>
  </featureManager>
  <applicationMonitor updateTrigger="mbean" dropinsEnabled="true"/>
  <webApplication id="portcullis" name="users" autoStart="false"/>
  <variable name="PORTCULLIS_PORT" value="$3"/>
  <variable name="PORTCULLIS_DATABASE_URL" value="jdbc:h2:mem:portcullis;MODE=PostgreSQL;DB_CLOSE_DELAY=-1"/>
</server>
END
