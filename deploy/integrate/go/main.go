// Registers a request, hears its own outcome, and shows the events that the command led to.
//
//	go run . BROKERS binary|structured [REFERENCE]
//
// TOPIC_PREFIX is the engine's --topic-prefix, where it has one.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

func topic(name string) string { return os.Getenv("TOPIC_PREFIX") + "casetrail." + name }

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func header(record *kgo.Record, name string) string {
	for _, each := range record.Headers {
		if each.Key == name {
			return string(each.Value)
		}
	}
	return ""
}

// register is the command. With a reference, the same request is the same case, whoever sends it. Without one, a new id
// is a new case.
func register(structured bool, reference string) *kgo.Record {
	data := map[string]any{"kind": "inquiry", "channel": "email",
		"pii": map[string]any{"name": "王小明", "contacts": []string{"w@example.com"}}}
	caseID := uuid.New()
	if reference != "" {
		data["external_ref"] = reference
		caseID = uuid.NewSHA1(uuid.NewSHA1(uuid.NameSpaceOID, []byte("casetrail")), []byte("email:"+reference))
	}
	event := map[string]any{"specversion": "1.0", "source": "/example/go", "type": "casetrail.request.register",
		"actor": "system:shop", "id": uuid.NewString()} // sent again with the same id and source, it is the same command
	record := kgo.KeySliceRecord([]byte(caseID.String()), nil)
	record.Topic = topic("commands")
	add := func(name, value string) {
		record.Headers = append(record.Headers, kgo.RecordHeader{Key: name, Value: []byte(value)})
	}
	if structured {
		add("content-type", "application/cloudevents+json; charset=UTF-8")
		event["datacontenttype"], event["data"] = "application/json", data
		record.Value = must(json.Marshal(event))
		return record
	}
	add("content-type", "application/json")
	for name, value := range event {
		add("ce_"+name, value.(string))
	}
	record.Value = must(json.Marshal(data))
	return record
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()

	// From where they end now, so that no answer is missed: only then is the command sent.
	brokers := kgo.SeedBrokers(strings.Split(os.Args[1], ",")...)
	asking := must(kgo.NewClient(brokers))
	ends := map[string]map[int32]kgo.Offset{}
	must(kadm.NewClient(asking).ListEndOffsets(ctx, topic("outcomes"), topic("events"))).Each(func(end kadm.ListedOffset) {
		if ends[end.Topic] == nil {
			ends[end.Topic] = map[int32]kgo.Offset{}
		}
		ends[end.Topic][end.Partition] = kgo.NewOffset().At(end.Offset)
	})
	asking.Close()
	// Its default partitioner hashes keys as casetrail expects.
	client := must(kgo.NewClient(brokers, kgo.FetchIsolationLevel(kgo.ReadCommitted()), kgo.ConsumePartitions(ends)))
	defer client.Close()
	sent := must(client.ProduceSync(ctx, register(os.Args[2] == "structured", strings.Join(os.Args[3:], ""))).First())
	fmt.Printf("case %s, command at %d:%d\n", sent.Key, sent.Partition, sent.Offset)

	// Its outcome and its events are committed together; they come topic by topic.
	for heard, shown := false, false; !heard || !shown; {
		fetches := client.PollFetches(ctx)
		if ctx.Err() != nil {
			log.Fatal("no answer within a minute: send it again with the same id")
		}
		for _, record := range fetches.Records() {
			// Of this very record: the same id may be on its way more than once.
			if record.Partition != sent.Partition || header(record, "ce_commandoffset") != fmt.Sprint(sent.Offset) {
				continue
			}
			if record.Topic == topic("events") {
				fmt.Printf("event %s %s, the case is %s\n", strings.TrimLeft(header(record, "ce_sequence"), "0"), header(record, "ce_type"), header(record, "ce_casestatus"))
				shown = shown || header(record, "ce_commandends") == "true"
				continue
			}
			var outcome struct {
				Status, Code, Message string
				FirstSeq              int64 `json:"first_seq"`
				LastSeq               int64 `json:"last_seq"`
			}
			must(0, json.Unmarshal(record.Value, &outcome))
			if outcome.Status == "rejected" {
				log.Fatalf("refused: %s: %s", outcome.Code, outcome.Message)
			}
			fmt.Printf("accepted, events %d to %d\n", outcome.FirstSeq, outcome.LastSeq)
			heard, shown = true, shown || outcome.FirstSeq == 0 // 0: there was nothing to do
		}
	}
}
