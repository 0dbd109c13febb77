/**
 * The filters that put Portcullis in front of a servlet application: {@link
 * dev.portcullis.auth.servlet.AuthenticationFilter} finds out who is calling, {@link
 * dev.portcullis.auth.servlet.PermissionFilter} says where they may go. In code:
 *
 * <pre>{@code
 * public void onStartup(Set<Class<?>> types, ServletContext context) {
 *     map(context.addFilter("authentication", AuthenticationFilter.builder(method).build()));
 *     map(context.addFilter("permission", PermissionFilter.builder(rules).build()));
 * }
 *
 * private static void map(FilterRegistration.Dynamic filter) {
 *     filter.setAsyncSupported(true);
 *     filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
 * }
 * }</pre>
 *
 * <p>In {@code web.xml} they are named by their classes and set up by init-params, which each class lists.
 */
@NullMarked
package dev.portcullis.auth.servlet;

import org.jspecify.annotations.NullMarked;
