// A process that writes a store for ever, to be killed: two families and the position always say the same.
#include <unistd.h>

#include <cstdio>

#include "workers/storage/store_folder.h"

int main(int, char** arguments) {
  using namespace casetrail;
  storage::StorageMemory memory(std::size_t{4} << 20);
  storage::StoreFolder home(arguments[1], "command", 0, {"rows", "more"}, memory);
  auto opened = home.open({"log", "schema"});
  if (!opened) return 1;
  auto next = opened->position.value_or(storage::StorePosition{}).next;
  for (int writes = 1;; ++writes) {
    ++next;
    storage::StoreBatch batch;
    batch.put(1, "counter", std::to_string(next));
    batch.put(2, "counter", std::to_string(next));
    batch.put(2, "row" + std::to_string(next % 500), std::string(3'000, 'x'));
    storage::put_position(batch, {next, next - 1, ""});
    if (!opened->store->write(batch)) return 1;
    if (writes % 400 == 0 && !home.checkpoint()) return 1;
    if (writes == 1'000) {
      // The parent kills at any moment from here on.
      if (std::puts("running") < 0 || std::fflush(stdout) != 0) return 1;
    }
  }
}
