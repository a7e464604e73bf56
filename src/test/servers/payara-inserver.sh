# The domain in which Arquillian's adapter for Payara runs tests: it knows only those of the product
# itself. payara-inserver.sh PRODUCT DRIVER HTTP_PORT ADMIN_PORT, with JAVA_HOME set.
set -e
asadmin() {
  "$JAVA_HOME/bin/java" -jar "$product/glassfish/lib/client/appserver-cli.jar" "$@"
}

product=$1
domain=$product/glassfish/domains/inserver
commands=$domain/first.asadmin

rm -rf "$domain"
cp -r "$product/glassfish/domains/domain1" "$domain"
cp "$2" "$domain/lib/"
# asadmin looks here whether the port is free, before the commands are carried out
sed -i "s/port=\"4848\"/port=\"$4\"/" "$domain/config/domain.xml"
# the adapter hands over no commands, and reads the port as a number
cat server-config/payara/portcullis.asadmin server-config/payara/h2.asadmin - > "$commands" <<END
set configs.config.server-config.network-config.network-listeners.network-listener.http-listener-1.port=$3
END
asadmin start-domain --prebootcommandfile "$commands" inserver
asadmin stop-domain --kill inserver
