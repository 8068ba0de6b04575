// Runs one of the two topologies and says how fast it was, as one line of JSON.
package casetrail.peer;

import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

public final class Peer {
  private Peer() {}

  /**
   * Arguments: boards|commands|alike, brokers, application id, at_least_once|exactly_once_v2, records, state folder,
   * rate|first; with alike, commands that write as casetrail did, also how many events it wrote for them. With rate it prints how fast the last four fifths of the records went and ends; with first how
   * long it took from its start to its first record, and goes on until it is killed.
   */
  public static void main(String[] arguments) throws InterruptedException {
    boolean alike = arguments.length == 8 && arguments[0].equals("alike");
    if (arguments.length != 7 && !alike) {
      System.err.println("Expected: boards|commands|alike BROKERS APPLICATION GUARANTEE RECORDS STATE_DIR rate|first [EVENTS]");
      System.exit(2);
    }
    boolean boards = arguments[0].equals("boards");
    long records = Long.parseLong(arguments[4]);
    AtomicLong processed = boards ? Boards.PROCESSED : Commands.PROCESSED;
    Sample sample = alike ? Sample.of(arguments[1], records, Long.parseLong(arguments[7])) : null;
    Topology topology = boards ? Boards.topology() : Commands.topology("peer.events", "peer.outcomes", sample);

    long started = System.nanoTime();
    KafkaStreams streams = new KafkaStreams(topology, properties(arguments));
    streams.start();
    if (arguments[6].equals("first")) {
      await(processed, 1);
      figure("peer.restart." + arguments[3], "Kafka Streams: restart after kill -9",
          (System.nanoTime() - started) / 1e6, "ms", "from its start to its first record, " + arguments[3]);
      Thread.currentThread().join();
    }
    long warm = records / 5;
    await(processed, warm);
    long from = System.nanoTime();
    long counted = processed.get();
    await(processed, records);
    double seconds = (System.nanoTime() - from) / 1e9;
    figure("peer." + arguments[0] + "." + arguments[3],
        "Kafka Streams: " + (boards ? "three boards, " : alike ? "commands with casetrail's records, " : "commands, ") + arguments[3],
        (records - counted) / seconds, boards ? "events/s" : "commands/s",
        records + " records, the first fifth to warm up");
    Runtime.getRuntime().halt(0);
  }

  private static void await(AtomicLong processed, long records) throws InterruptedException {
    while (processed.get() < records) Thread.sleep(1);
  }

  /** A line of figures, as workers/bench/figure.h has it. */
  private static void figure(String row, String title, double value, String unit, String note) {
    System.out.printf(
        Locale.ROOT, "{\"row\":\"%s\",\"title\":\"%s\",\"value\":%.0f,\"unit\":\"%s\",\"note\":\"%s\"}%n",
        row, title, value, unit, note);
    System.out.flush();
  }

  private static Properties properties(String[] arguments) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, arguments[1]);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, arguments[2]);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, arguments[3]);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, arguments[5]);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 256L << 20);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
    // Static membership, as for casetrail: a restart takes its partitions over without waiting for a timeout.
    properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), arguments[2]);
    properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6000);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    return properties;
  }
}
