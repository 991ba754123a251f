package io.taskwright.api;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every route that the module declares. */
final class Routes {
  private Routes() {}

  /** One route. */
  record Route(String verb, String path, Method method) {
    @Override
    public String toString() {
      return verb + " " + path;
    }
  }

  static List<Route> all() throws ClassNotFoundException {
    ClassPathScanningCandidateComponentProvider scanner =
        new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    List<Route> routes = new ArrayList<>();
    for (var found : scanner.findCandidateComponents("io.taskwright.api")) {
      for (Method method : Class.forName(found.getBeanClassName()).getDeclaredMethods()) {
        RequestMapping mapping =
            AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        if (mapping != null) {
          Arrays.stream(mapping.path())
              .forEach(path ->
                  Arrays.stream(mapping.method())
                      .forEach(verb -> routes.add(new Route(verb.name(), path, method))));
        }
      }
    }
    return routes;
  }
}
