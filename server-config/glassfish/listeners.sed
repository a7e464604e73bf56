# What of a new domain listens, said before its first start, because no command can be given before:
# nothing but the connector and the administration, on the loopback address. For the domain's
# config/domain.xml, see ../README.md.
s/address="0\.0\.0\.0"/address="127.0.0.1"/
s/<network-listener port=/<network-listener address="127.0.0.1" port=/

# No TLS with the certificate that every GlassFish has, no IIOP, no JMX, no JMS broker.
s/<network-listener \(.*name="http-listener-2"\)/<network-listener enabled="false" \1/
s/<iiop-listener /<iiop-listener enabled="false" /
s/<jmx-connector /<jmx-connector enabled="false" /
s/<diagnostic-service \/>/<jms-service type="REMOTE" default-jms-host="default_JMS_host"><jms-host name="default_JMS_host" host="localhost" port="${JMS_PROVIDER_PORT}"\/><\/jms-service>&/
