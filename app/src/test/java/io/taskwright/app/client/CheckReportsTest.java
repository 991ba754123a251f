package io.taskwright.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.taskwright.app.terminal.Paint;
import io.taskwright.client.CheckReport;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What came of tests, as people and as machines read it. */
class CheckReportsTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static CheckReport report(String json) {
    return new CheckReport(JSON.readTree(json.replace('\'', '"')));
  }

  private static final CheckReport MIXED =
      report(
          """
          {'task':{'name':'t','version':null},'passed':1,'failed':1,'tests':[
           {'name':'good','passed':true,'status':'COMPLETED','execution':'x','duration':'PT1.25S',
            'differences':[],'log':[]},
           {'name':'bad','passed':false,'status':'COMPLETED','execution':'x','duration':'PT0.5S',
            'differences':[{'pointer':'/output/n','expected':1,'actual':null,'message':'is another value'},
              {'pointer':'/output/m','expected':2,'message':'is missing'},
              {'pointer':'/output/k','actual':3,'message':'is not expected'}],
            'log':['one','two']}]}
          """);

  private static Schema schema() throws Exception {
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(Objects.requireNonNull(CheckReportsTest.class.getResource("junit.xsd")));
  }

  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  @Test
  void differencesAreToldWithPlaceExpectationAndValue() {
    String text = CheckText.of(List.of(new Checked.Ran("t.yaml", MIXED)), new Paint(false));

    assertThat(text)
        .isEqualTo(
            """
            t.yaml
              passed good (1.25 s)
              FAILED bad (0.50 s)
                /output/n: expected 1, got null (is another value)
                /output/m: expected 2, got nothing (is missing)
                /output/k: got 3 (is not expected)
                the last lines of its log:
                  one
                  two
            1 passed, 1 failed
            """);
  }

  @Test
  void whatIsRefusedAndWhatHasNoTestsIsSaid() {
    CheckReport none = report("{'task':{'name':'n'},'passed':0,'failed':0,'tests':[]}");

    String text =
        CheckText.of(
            List.of(new Checked.Ran("n.yaml", none), new Checked.Refused("r.yaml", "it is wrong")),
            new Paint(false));

    assertThat(text)
        .isEqualTo(
            "n.yaml: no tests\nr.yaml: refused\n  it is wrong\n0 passed, 0 failed, 1 refused\n");
  }

  @Test
  void theXmlIsWhatItsReadersTake() throws Exception {
    String xml =
        JunitXml.of(
            List.of(new Checked.Ran("t.yaml", MIXED), new Checked.Refused("r.yaml", "a\nb")));

    schema().newValidator().validate(new StreamSource(new StringReader(xml)));
    Document document = parsed(xml);
    assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    assertThat(document.getElementsByTagName("failure").item(0).getTextContent())
        .contains("/output/n: expected 1, got null");
    assertThat(document.getElementsByTagName("error").getLength()).isOne();
  }

  @Test
  void noCharacterBreaksTheXml() throws Exception {
    StringBuilder all = new StringBuilder("]]><a b=\"c\">&amp;");
    for (int c = 0; c < 0x250; c++) {
      all.appendCodePoint(c);
    }
    all.append("\ud800").append("\uffff").append("\u2028").append("\ud83d\ude00");
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("passed", 0).put("failed", 1);
    json.putObject("task").put("name", all.toString());
    ArrayNode tests = json.putArray("tests");
    ObjectNode test = tests.addObject().put("name", all.toString()).put("passed", false);
    test.putArray("log").add(all.toString());
    test.putArray("differences").addObject().put("pointer", "/a").put("message", all.toString());

    String xml = JunitXml.of(List.of(new Checked.Ran(all.toString(), new CheckReport(json))));

    assertThatCode(() -> schema().newValidator().validate(new StreamSource(new StringReader(xml))))
        .doesNotThrowAnyException();
    assertThat(parsed(xml).getElementsByTagName("system-out").item(0).getTextContent())
        .contains("]]><a b=\"c\">&amp;", "\\u001b", "\ud83d\ude00");
  }
}
