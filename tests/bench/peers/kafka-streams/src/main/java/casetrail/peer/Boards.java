// Three boards from casetrail.events: four stores, caching on, one record at a time as Kafka Streams gives it.
package casetrail.peer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

final class Boards implements Processor<String, byte[], Void, Void> {
  static final AtomicLong PROCESSED = new AtomicLong();

  private KeyValueStore<String, Rows.CaseRow> cases;
  private KeyValueStore<String, Rows.CallbackRow> callbacks;
  private KeyValueStore<String, Rows.ReviewRow> reviews;
  private KeyValueStore<String, Rows.Totals> totals;

  static Topology topology() {
    Topology topology = new Topology();
    topology.addSource("events", Serdes.String().deserializer(), Serdes.ByteArray().deserializer(), "casetrail.events");
    topology.addProcessor("boards", Boards::new, "events");
    add(topology, "cases", Rows.CaseRow.class);
    add(topology, "callbacks", Rows.CallbackRow.class);
    add(topology, "reviews", Rows.ReviewRow.class);
    add(topology, "totals", Rows.Totals.class);
    return topology;
  }

  private static <T> void add(Topology topology, String name, Class<T> type) {
    topology.addStateStore(
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Json.serde(type))
            .withCachingEnabled(),
        "boards");
  }

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    cases = context.getStateStore("cases");
    callbacks = context.getStateStore("callbacks");
    reviews = context.getStateStore("reviews");
    totals = context.getStateStore("totals");
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Header type = record.headers().lastHeader("ce_type");
    if (type != null) {
      try {
        fold(record.key(), new String(type.value()), Json.MAPPER.readTree(record.value()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    PROCESSED.incrementAndGet();
  }

  private void fold(String caseId, String type, JsonNode event) {
    Rows.CaseRow row = cases.get(caseId);
    if (row == null) row = new Rows.CaseRow();
    Rows.Totals sums = totals.get("totals");
    if (sums == null) sums = new Rows.Totals();
    switch (type) {
      case "casetrail.request.registered" -> {
        row.customer = event.path("pii").path("name").asText();
        sums.cases++;
      }
      case "casetrail.request.classified" -> row.category = event.path("category").asText();
      case "casetrail.request.prioritized" -> row.priority = event.path("priority").asText();
      case "casetrail.assignment.owner.designated" -> row.owner = event.path("owner").asText();
      case "casetrail.assignment.made" -> move(row, event.path("department_id").asText(), sums);
      case "casetrail.progress.reported" -> row.lastProgress = event.path("kind").asText();
      case "casetrail.handoff.requested" -> row.open.put(event.path("handoff_id").asText(), handoff(event));
      case "casetrail.handoff.accepted" -> {
        row.handoffs++;
        sums.handoffs++;
        Rows.HandoffRow open = row.open.get(event.path("handoff_id").asText());
        if (open != null) open.state = "accepted";
        move(row, event.path("by").path("department_id").asText(), sums);
      }
      case "casetrail.handoff.returned" -> {
        row.bounces++;
        row.open.remove(event.path("handoff_id").asText());
      }
      case "casetrail.handoff.completed" -> row.open.remove(event.path("handoff_id").asText());
      case "casetrail.case.reopened" -> row.reopened = true;
      case "casetrail.case.resolved" -> row.status = "resolved";
      case "casetrail.case.closed" -> row.status = "closed";
      case "casetrail.callback.scheduled", "casetrail.callback.attempted", "casetrail.callback.completed" ->
          callback(caseId, type, event, sums);
      case "casetrail.review.assigned", "casetrail.review.scored" -> review(caseId, type, event, sums);
      default -> { }
    }
    cases.put(caseId, row);
    totals.put("totals", sums);
  }

  private static void move(Rows.CaseRow row, String department, Rows.Totals sums) {
    if (department.equals(row.department)) return;
    if (department.equals(row.departmentBefore)) {
      row.pingPongs++;
      sums.pingPongs++;
    }
    row.departmentBefore = row.department;
    row.department = department;
  }

  private static Rows.HandoffRow handoff(JsonNode event) {
    Rows.HandoffRow row = new Rows.HandoffRow();
    JsonNode note = event.path("pii");
    row.kind = event.path("kind").asText();
    row.from = event.path("from").path("department_id").asText();
    row.to = event.path("to").path("department_id").asText();
    row.acceptBy = event.path("accept_by").asText();
    row.because = note.path("because").asText();
    row.wants = note.path("wants").asText();
    row.pleaseDo = note.path("please_do").asText();
    row.how = note.path("how").asText();
    return row;
  }

  private void callback(String caseId, String type, JsonNode event, Rows.Totals sums) {
    String key = caseId + "/" + event.path("callback_id").asText();
    Rows.CallbackRow row = callbacks.get(key);
    if (row == null) row = new Rows.CallbackRow();
    if (type.endsWith("scheduled")) {
      row.purpose = event.path("purpose").asText();
      row.notBefore = event.path("not_before").asText();
      row.notAfter = event.path("not_after").asText();
      sums.callbacks++;
    } else if (type.endsWith("attempted")) {
      row.attempts++;
      row.lastOutcome = event.path("outcome").asText();
    } else {
      row.open = false;
      row.satisfied = event.path("answers").path("satisfied").asBoolean();
      if (row.satisfied) sums.satisfied++;
    }
    callbacks.put(key, row);
  }

  private void review(String caseId, String type, JsonNode event, Rows.Totals sums) {
    String key = caseId + "/" + event.path("review_id").asText();
    Rows.ReviewRow row = reviews.get(key);
    if (row == null) row = new Rows.ReviewRow();
    if (type.endsWith("assigned")) {
      row.reviewer = event.path("reviewer_id").asText();
      row.agent = event.path("agent_id").asText();
      row.kind = event.path("kind").asText();
    } else {
      row.totalPermille = event.path("total_permille").asInt();
      sums.reviews++;
      sums.permille += row.totalPermille;
    }
    reviews.put(key, row);
  }
}
