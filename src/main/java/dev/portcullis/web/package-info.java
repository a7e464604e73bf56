/**
 * What does every page and every call of a browser keep to? Headers against framing, sniffing and
 * caching, and no call that another site has made a browser send. Depends on {@code admin} alone.
 * The plugin endpoint is no browser's, and is left alone.
 */
@NullMarked
package dev.portcullis.web;

import org.jspecify.annotations.NullMarked;
