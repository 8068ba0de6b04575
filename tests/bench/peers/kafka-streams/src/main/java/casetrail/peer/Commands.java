// The write side in Kafka Streams: a command updates the state of its case and leads to an event and an outcome,
// or to the records of a sample.
package casetrail.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

final class Commands implements Processor<String, byte[], String, byte[]> {
  static final AtomicLong PROCESSED = new AtomicLong();

  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, Rows.CaseRow> cases;

  /** What is written instead of an event and an outcome of its own; null: nothing. */
  private final Sample sample;
  private long commandsBefore;

  private Commands(Sample sample) {
    this.sample = sample;
  }

  /** {@code sample}: may be null. */
  static Topology topology(String events, String outcomes, Sample sample) {
    Topology topology = new Topology();
    topology.addSource("commands", Serdes.String().deserializer(), Serdes.ByteArray().deserializer(), "casetrail.commands");
    topology.addProcessor("decide", () -> new Commands(sample), "commands");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore("state"), Serdes.String(), Json.serde(Rows.CaseRow.class))
            .withCachingEnabled(),
        "decide");
    topology.addSink("events", events, Serdes.String().serializer(), Serdes.ByteArray().serializer(), "decide");
    topology.addSink("outcomes", outcomes, Serdes.String().serializer(), Serdes.ByteArray().serializer(), "decide");
    return topology;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processor) {
    context = processor;
    cases = processor.getStateStore("state");
  }

  @Override
  public void process(Record<String, byte[]> record) {
    try {
      Header type = record.headers().lastHeader("ce_type");
      Header id = record.headers().lastHeader("ce_id");
      JsonNode command = Json.MAPPER.readTree(record.value());
      Rows.CaseRow row = cases.get(record.key());
      if (row == null) row = new Rows.CaseRow();
      row.status = type == null ? row.status : new String(type.value());
      row.handoffs++;
      cases.put(record.key(), row);
      if (sample != null) {
        forwardSample(record);
        return;
      }
      ObjectNode outcome = Json.MAPPER.createObjectNode();
      outcome.put("command_id", id == null ? "" : new String(id.value()));
      outcome.put("case_id", record.key());
      outcome.put("status", "accepted");
      outcome.put("case_seq", row.handoffs);
      context.forward(record.withValue(Json.MAPPER.writeValueAsBytes(command)), "events");
      context.forward(record.withValue(Json.MAPPER.writeValueAsBytes(outcome)), "outcomes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      PROCESSED.incrementAndGet();
    }
  }

  private void forwardSample(Record<String, byte[]> command) {
    long number = commandsBefore++;
    for (long event = sample.eventsBefore(number); event < sample.eventsBefore(number + 1); event++) {
      forward(command, Sample.inTurn(sample.events(), event), "events");
    }
    forward(command, Sample.inTurn(sample.outcomes(), number), "outcomes");
  }

  private void forward(Record<String, byte[]> command, ConsumerRecord<byte[], byte[]> content, String topic) {
    context.forward(command.withValue(content.value()).withHeaders(content.headers()), topic);
  }
}
