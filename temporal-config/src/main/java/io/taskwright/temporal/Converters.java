package io.taskwright.temporal;

import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.Jackson3JsonPayloadConverter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How values become payloads. It is ours and not the SDK's default, so that an update of the SDK
 * changes no history, and a field that a newer version added is no error to an older one.
 */
public final class Converters {
  private Converters() {}

  /** The converter of every client and worker. */
  public static DataConverter json() {
    JsonMapper mapper =
        JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
    return DefaultDataConverter.newDefaultInstance()
        .withPayloadConverterOverrides(new Jackson3JsonPayloadConverter(mapper));
  }
}
