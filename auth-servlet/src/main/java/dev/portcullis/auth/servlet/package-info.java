/** The filters that put Portcullis in front of a servlet application. */
@NullMarked
package dev.portcullis.auth.servlet;

import org.jspecify.annotations.NullMarked;
