package io.taskwright.app.client;

import io.taskwright.client.CheckReport;
import io.taskwright.client.CheckReport.TestResult;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What came of tests, in the XML that Jenkins, GitLab and others read. */
final class JunitXml {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int FIRST_SURROGATE = 0xD800;
  private static final int AFTER_SURROGATES = 0xE000;
  private static final int FIRST_NO_CHARACTER = 0xFFFE;

  private final XMLStreamWriter xml;

  private JunitXml(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** One document for all definitions, a suite for each. */
  static String of(List<Checked> all) {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      new JunitXml(xml).suites(all);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML into memory", e);
    }
    return out.append('\n').toString();
  }

  private void suites(List<Checked> all) throws XMLStreamException {
    xml.writeStartElement("testsuites");
    attribute("name", "taskwright check");
    for (Checked checked : all) {
      switch (checked) {
        case Checked.Ran(String subject, CheckReport report) -> suite(subject, report);
        case Checked.Refused(String subject, String message) -> refused(subject, message);
      }
    }
    xml.writeEndElement();
  }

  private void suite(String subject, CheckReport report) throws XMLStreamException {
    Duration took =
        report.tests().stream().map(TestResult::took).reduce(Duration.ZERO, Duration::plus);
    begin(report.task(), report.tests().size(), report.failed(), 0, took);
    for (TestResult test : report.tests()) {
      xml.writeStartElement("testcase");
      attribute("name", test.name());
      attribute("classname", report.task());
      attribute("file", subject);
      attribute("time", seconds(test.took()));
      if (!test.passed()) {
        String differences =
            test.differences().stream().map(CheckText::line).collect(Collectors.joining());
        xml.writeStartElement("failure");
        attribute("message", differences.lines().findFirst().orElse(""));
        attribute("type", "difference");
        text(differences);
        xml.writeEndElement();
        xml.writeStartElement("system-out");
        text(String.join("\n", test.log()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  /** A definition that is wrong itself is one test that could not be run. */
  private void refused(String subject, String message) throws XMLStreamException {
    begin(subject, 1, 0, 1, Duration.ZERO);
    xml.writeStartElement("testcase");
    attribute("name", "the definition");
    attribute("classname", subject);
    attribute("file", subject);
    attribute("time", seconds(Duration.ZERO));
    xml.writeStartElement("error");
    attribute("message", message.lines().findFirst().orElse(""));
    attribute("type", "definition");
    text(message);
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void begin(String name, int tests, int failures, int errors, Duration took)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    attribute("name", name);
    attribute("tests", Integer.toString(tests));
    attribute("failures", Integer.toString(failures));
    attribute("errors", Integer.toString(errors));
    attribute("skipped", "0");
    attribute("time", seconds(took));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, characters(value));
  }

  private void text(String value) throws XMLStreamException {
    xml.writeCharacters(characters(value));
  }

  /** XML 1.0 has no form for most control characters: they are shown as escapes. */
  private static String characters(String text) {
    StringBuilder characters = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (allowed(c)) {
            characters.appendCodePoint(c);
          } else {
            characters.append("\\u%04x".formatted(c));
          }
        });
    return characters.toString();
  }

  private static boolean allowed(int c) {
    boolean space = c == '\t' || c == '\n';
    boolean surrogate = c >= FIRST_SURROGATE && c < AFTER_SURROGATES;
    boolean none = (c & 0xFFFF) >= FIRST_NO_CHARACTER;
    return space || (c >= FIRST_PRINTABLE && !surrogate && !none);
  }
}
