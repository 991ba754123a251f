package io.taskwright.api;

import io.taskwright.api.access.CallerResolver;
import io.taskwright.api.access.PermissionInterceptor;
import io.taskwright.api.body.KnownParameters;
import io.taskwright.api.problem.PlainErrors;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the routes together. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class ApiConfiguration implements WebMvcConfigurer {
  private final PermissionInterceptor permissions;
  private final KnownParameters parameters;
  private final CallerResolver callers;

  ApiConfiguration(
      PermissionInterceptor permissions, KnownParameters parameters, CallerResolver callers) {
    this.permissions = permissions;
    this.parameters = parameters;
    this.callers = callers;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(permissions);
    registry.addInterceptor(parameters);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(callers);
  }

  /** What the server itself refuses is a problem too, and names no version of anything. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> plainErrors() {
    return factory ->
        factory.addContextCustomizers(context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(PlainErrors.class.getName());
          }
        });
  }
}
