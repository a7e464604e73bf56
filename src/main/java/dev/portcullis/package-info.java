/** Portcullis decides what frp may expose. The rooms are the packages below. */
@NullMarked
package dev.portcullis;

import org.jspecify.annotations.NullMarked;
