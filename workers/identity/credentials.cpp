// Cookies by RFC 6265; SameSite by its successor's draft.
#include "workers/identity/credentials.h"

#include <chrono>

#include "workers/http/problem.h"

namespace casetrail::identity {
namespace {

constexpr std::string_view kCookie = "casetrail_session";
constexpr std::string_view kScheme = "bearer ";
constexpr std::chrono::hours kSessionLasts{12};

std::string cookie_text(std::string_view value, std::chrono::seconds lasts, bool encrypted) {
  return std::string(kCookie) + "=" + std::string(value) +
         "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(lasts.count()) +
         (encrypted ? "; Secure" : "");
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::optional<std::string> cookie_in(std::string_view header) {
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    const auto pair = trimmed(header.substr(0, end));
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == kCookie)
      return std::string(pair.substr(equals + 1));
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Credentials> credentials_of(const http::HttpRequest& request) {
  if (const auto header = request.header("authorization")) {
    const auto scheme = header->substr(0, kScheme.size());
    if (!http::same_letters(scheme, kScheme))
      return Credentials{"", false};  // of another scheme: nobody's token
    return Credentials{std::string(trimmed(header->substr(kScheme.size()))), false};
  }
  if (const auto header = request.header("cookie")) {
    if (auto token = cookie_in(*header); token && !token->empty())
      return Credentials{*std::move(token), true};
  }
  return std::nullopt;
}

http::HttpHeader session_cookie(const http::HttpRequest& request, std::string_view token) {
  const bool encrypted = request.encrypted || request.header("x-forwarded-proto").value_or("") == "https";
  return {"Set-Cookie", cookie_text(token, kSessionLasts, encrypted)};
}

http::HttpHeader ended_session_cookie() {
  return {"Set-Cookie", cookie_text("", std::chrono::seconds{0}, false)};
}

http::HttpResponse unauthenticated(std::string_view code, std::string_view sentence) {
  auto answer = http::problem(401, code, sentence);
  answer.headers.push_back({"WWW-Authenticate", R"(Bearer realm="casetrail")"});
  return answer;
}

}  // namespace casetrail::identity
