package dev.portcullis.oidc;

/**
 * Carries the definition of the OpenID provider. A bean only when the extension has made it one,
 * and then one that sees no others: on Payara it is not in the WAR's archive.
 */
class OidcSignOn {}
