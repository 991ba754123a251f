package io.taskwright.app.client;

import io.taskwright.client.Page;
import io.taskwright.client.PageAsk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much of a list is wanted. */
final class LimitOption {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      converter = CountConverter.class,
      description = "How many at most. Default: 50")
  private int limit;

  /**
   * The first entries of a list.
   *
   * @param pages asks for a part of the list
   * @param more hears how many were taken, if there are more
   */
  <T> List<T> take(Function<PageAsk, Page<T>> pages, IntConsumer more) {
    return take(limit, pages, more);
  }

  /** The first entries of a list, so many at most. */
  static <T> List<T> take(int limit, Function<PageAsk, Page<T>> pages, IntConsumer more) {
    List<T> taken = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      int wanted = Math.min(PageAsk.MOST, limit - taken.size());
      Page<T> page = pages.apply(new PageAsk(wanted, cursor));
      taken.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent() && taken.size() < limit);
    if (cursor.isPresent()) {
      more.accept(taken.size());
    }
    return taken;
  }

  /** Reads how many. */
  static final class CountConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("[1-9][0-9]{0,6}")) {
        throw new TypeConversionException("'" + value + "' is no count: say 1 or more");
      }
      return Integer.valueOf(value);
    }
  }
}
