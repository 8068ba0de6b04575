// Headers come from the table of attributes, payloads from the types of the contract.
#include "workers/api/asyncapi.h"

#include "events/wire/attribute_texts.h"
#include "events/wire/bounds.h"
#include "events/wire/cloud_event.h"
#include "events/wire/letter_fact.h"
#include "workers/api/contract.h"

namespace casetrail::api {
namespace {

const RawJson kString{R"({"type":"string"})"};

/// Events and outcomes that were written before there were bounds may be out of them.
std::string_view bound_of(const AttributeText& attribute, std::string_view space) {
  return attribute.is_name && space == "commands" ? kNameSchema : "";
}
RawJson fixed(std::string_view value) { return object({{"const", text(value)}}); }

/// The headers of binary mode.
RawJson headers_of(const ContractType& type) {
  Json properties;
  std::vector<RawJson> required;
  for (const auto& attribute : attribute_texts()) {
    if (!attribute.on.contains(type.space)) continue;
    properties[std::string(attribute.header)] = described(attribute.meaning, bound_of(attribute, type.space));
    if (attribute.always_on.contains(type.space)) required.push_back(text(attribute.header));
  }
  properties["ce_specversion"] = fixed("1.0");
  properties["ce_type"] = fixed(std::string(kTypePrefix).append(type.type));
  properties["ce_dataschema"] = fixed(schema_uri(type.space, type.type, type.version));
  properties["content-type"] = fixed("application/json");
  if (properties.contains("ce_traceparent")) properties["traceparent"] = described("of the hop that sent it");
  // Commands that came over HTTP carry it, too.
  properties[std::string(kWriterHeader)] = fixed(kWriterGeneration);
  if (type.space != "commands") required.push_back(text(kWriterHeader));
  if (type.space == "events")
    properties[std::string(kLinkHeader)] =
        described("its place in the chain of its partition, number and digest; older events have none");
  return object({{"type", text("object")}, {"required", list(required)}, {"properties", object(properties)}});
}

RawJson message_of(const ContractType& type, Json& schemas) {
  const auto name = std::string(kTypePrefix).append(type.type);
  Json message{{"name", text(name)},
               {"summary", text(type.text->en)},
               {"contentType", text("application/json")},
               {"headers", headers_of(type)},
               {"payload", with_parts_in(schemas, type.schema)},
               {"bindings", {R"({"kafka":{"key":{"type":"string","description":"the case id"}}})"}}};
  if (type.space != "outcomes")
    message["correlationId"] = {R"({"location":"$message.header#/ce_correlationid"})"};
  return object(message);
}

/// A record whose headers are those of `headers` and whose value is no JSON of a type.
RawJson plain_message(std::string_view name, std::string_view summary, std::string_view content_type,
                      const Json& headers, const RawJson& key) {
  std::vector<RawJson> required;
  for (const auto& [header, schema] : headers) required.push_back(text(header));
  return object(
      {{"name", text(name)},
       {"summary", text(summary)},
       {"contentType", text(content_type)},
       {"headers",
        object({{"type", text("object")}, {"required", list(required)}, {"properties", object(headers)}})},
       {"payload", kString},
       {"bindings", object({{"kafka", object({{"key", key}})}})}});
}

/// What casetrail's own records carry that are no CloudEvents.
Json ours(std::string_view type) {
  return Json{{"content-type", fixed(type)}, {std::string(kWriterHeader), fixed(kWriterGeneration)}};
}

Json dead_letter_messages() {
  Json headers;
  for (const auto* name : {"topic", "partition", "offset", "timestamp", "code", "message"})
    headers[std::string(kLetterHeaders).append(name)] = kString;
  auto fact = ours("application/json");
  fact["casetrail-letter-fact"] = fixed("1");
  return {{"deadletter",
           plain_message(
               "deadletter",
               "A record that could not be a command, as it came, with the reason beside its own headers. "
               "What does not fit is cut, with casetrail.errors.size and .sha256 of the whole.",
               "application/octet-stream", headers, described("that of the record"))},
          {"deadletter.fact",
           plain_message("deadletter.fact",
                         "What became of the dead letter at an offset of the same partition: {offset, became "
                         "(retried or dropped), by?, reason?, token?, at}. The first one holds, but what was "
                         "retried stays so.",
                         "application/json", fact, fixed("letter-fact"))}};
}

Json policy_messages() {
  auto quarantine = ours("application/json");
  quarantine["casetrail-quarantine"] = fixed("1");
  return {
      {"policy.version",
       plain_message("policy.version",
                     "One version of the policy, the whole YAML text. Its number, as ce_policyversion has "
                     "it, is its place among the records with a key: 1, 2, 3 …",
                     "application/yaml", ours("application/yaml"), fixed("policy"))},
      {"policy.quarantine",
       plain_message(
           "policy.quarantine",
           "An operator's word that every reader passes over one record of casetrail.events: "
           "{partition, offset, reason, at}. It takes a number of the policies and decides nothing.",
           "application/json", quarantine, fixed("quarantine"))},
      {"policy.genesis",
       plain_message("policy.genesis", "Topics were created: no policy. Readers of policies pass over it.",
                     "application/octet-stream",
                     {{"casetrail_genesis",
                       described("a random mark that tells this set of topics from one made anew")},
                      {"casetrail_partitions", described("how many partitions were fixed then")}},
                     fixed(""))}};
}

Json key_messages() {
  return {{"key.wrapped",
           plain_message("key.wrapped",
                         "The key by which the personal texts of one case are sealed, wrapped with the "
                         "master key: {key_id, master_id, wrapped}. Without a value: it was destroyed.",
                         "application/json", ours("application/json"), described("the case id"))}};
}

Json head_messages() {
  return {{"evidence.head",
           plain_message("evidence.head",
                         "How far the chain of the events in this partition went, signed (ed25519): "
                         "{partition, number, digest, offset, at, key_id, signature}. What is signed is "
                         "`casetrail-head-1 PARTITION NUMBER DIGEST OFFSET AT`.",
                         "application/json", ours("application/json"), fixed("head"))}};
}

RawJson channel(std::string_view topic, std::string_view description, const Json& messages) {
  Json references;
  for (const auto& [name, message] : messages) references[name] = reference("#/components/messages/", name);
  return object({{"address", text(std::string(kTypePrefix).append(topic))},
                 {"description", text(description)},
                 {"messages", object(references)}});
}

RawJson operation(std::string_view action, std::string_view topic, std::string_view summary) {
  return object({{"action", text(action)},
                 {"channel", reference("#/channels/", topic)},
                 {"summary", text(summary)},
                 {"description", text(summary)}});
}

}  // namespace

std::string asyncapi_document() {
  std::map<std::string, Json> topics{{"deadletters", dead_letter_messages()},
                                     {"policy", policy_messages()},
                                     {"keys", key_messages()},
                                     {"evidence", head_messages()}};
  Json schemas;
  for (const auto& type : contract_types()) {
    const auto space = std::string(type.space);
    topics[space][space + "." + std::string(type.type)] = message_of(type, schemas);
  }
  static const std::map<std::string, std::string_view> kMeanings{
      {"commands", "What casetrail is asked to do. Kept for 14 days. Binary mode and structured mode."},
      {"events", "What happened, for ever."},
      {"outcomes", "What became of each command, in the partition of its number. Kept for 14 days."},
      {"deadletters", "What could not be a command, why, and what became of it. Kept for 14 days."},
      {"policy", "Every version of the policy, in partition 0, for ever."},
      {"keys", "By case, the key of its personal texts, where they are sealed. Compacted."},
      {"evidence", "Signed heads of the chains of events, for ever; `casetrail verify` checks them."}};
  Json channels;
  Json messages;
  for (auto& [topic, of_topic] : topics) {
    channels[topic] = channel(topic, kMeanings.at(topic), of_topic);
    messages.merge(of_topic);
  }
  return object(
             {{"asyncapi", text("3.0.0")},
              {"info",
               {R"({"title":"casetrail","version":"1","contact":{"name":"whoever runs this casetrail"},)"
                R"("tags":[{"name":"cases","description":"Commands to cases, and what became of them"}],)"
                R"("description":"CloudEvents 1.0.2 on Kafka, binary mode. Key and partition: the case id, partitioner )"
                R"(murmur2_random. A topic prefix of the engine stands before every address."})"}},
              {"servers",
               {R"({"kafka":{"host":"localhost:9092","protocol":"kafka","description":"--brokers of the engine"}})"}},
              {"defaultContentType", text("application/json")},
              {"channels", object(channels)},
              {"operations",
               object({{"sendCommand", operation("receive", "commands", "Take a command.")},
                       {"followEvents", operation("send", "events", "Tell what happened.")},
                       {"followOutcomes", operation("send", "outcomes", "Tell what became of a command.")},
                       {"followDeadLetters",
                        operation("send", "deadletters", "Keep what could not be a command.")},
                       {"followPolicies", operation("send", "policy", "Publish a version of the policy.")},
                       {"followKeys", operation("send", "keys", "Tell the key of a case.")},
                       {"followEvidence", operation("send", "evidence", "Tell how far events go.")}})},
              {"components", object({{"messages", object(messages)}, {"schemas", object(schemas)}})}})
      .text;
}

}  // namespace casetrail::api
