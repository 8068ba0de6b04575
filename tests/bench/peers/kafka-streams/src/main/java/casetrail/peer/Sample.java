// Records that casetrail wrote, to be written again in turn: as many a command as it wrote, and of the same bytes.
package casetrail.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Of what casetrail wrote {@code eventsWritten} events for {@code commands} commands. */
record Sample(
    List<ConsumerRecord<byte[], byte[]>> events,
    List<ConsumerRecord<byte[], byte[]>> outcomes,
    long commands,
    long eventsWritten) {
  private static final int RUN = 100;
  private static final int RECORDS = 10_000;

  static Sample of(String brokers, long commands, long eventsWritten) {
    return new Sample(
        some(brokers, "casetrail.events"), some(brokers, "casetrail.outcomes"), commands, eventsWritten);
  }

  /** How many events stand before those of the command of this number, which counts from 0. */
  long eventsBefore(long command) {
    return command * eventsWritten / commands;
  }

  static ConsumerRecord<byte[], byte[]> inTurn(List<ConsumerRecord<byte[], byte[]>> sample, long turn) {
    return sample.get((int) (turn % sample.size()));
  }

  /** Some ten thousand records of a topic in their usual mix: runs of neighbours from all over partition 0. */
  private static List<ConsumerRecord<byte[], byte[]>> some(String brokers, String topic) {
    Properties properties = new Properties();
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    List<ConsumerRecord<byte[], byte[]>> sample = new ArrayList<>();
    List<TopicPartition> first = List.of(new TopicPartition(topic, 0));
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(first);
      consumer.seekToBeginning(first);
      long end = consumer.endOffsets(first).get(first.get(0));
      long share = end / RECORDS + 1;
      long seen = 0;
      while (consumer.position(first.get(0)) < end) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          if (seen++ / RUN % share == 0) sample.add(record);
        }
      }
    }
    if (sample.isEmpty()) throw new IllegalStateException(topic + " is empty");
    return sample;
  }
}
