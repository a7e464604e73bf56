# The domain in which Arquillian's adapter for GlassFish runs tests: it knows only those of the product
# itself. glassfish-inserver.sh PRODUCT DRIVER HTTP_PORT ADMIN_PORT, with JAVA_HOME set.
set -e
asadmin() {
  "$JAVA_HOME/bin/java" -jar "$product/glassfish/lib/client/appserver-cli.jar" --port "$admin_port" "$@"
}

product=$1
admin_port=$4
domain=$product/glassfish/domains/inserver

rm -rf "$domain"
cp -r "$product/glassfish/domains/domain1" "$domain"
cp "$2" "$domain/lib/"
sed -i -f server-config/glassfish/listeners.sed "$domain/config/domain.xml"
sed -i "s/port=\"4848\"/port=\"$admin_port\"/; s/port=\"8080\"/port=\"$3\"/" "$domain/config/domain.xml"
asadmin start-domain inserver
for commands in portcullis h2; do
  asadmin multimode --file "server-config/glassfish/$commands.asadmin"
done
# the adapter reads the port as a number
asadmin set "configs.config.server-config.network-config.network-listeners.network-listener.http-listener-1.port=$3"
asadmin stop-domain --kill inserver
