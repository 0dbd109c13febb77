// What the page says: of failures, and of times.

/** What is told of a failure, as long as nothing better is known about what was tried. */
export function told(failure) {
  switch (failure.status) {
    case 0:
      return "There is no connection to the server. Check your network, then try again.";
    case 401:
      return sentence(failure.message) + "Sign in again with a fresh token.";
    case 403:
      return sentence(failure.message) + "With this token you cannot manage keys.";
    case 404:
      return "That key is not there any more.";
    case 409:
      return failure.message;
    case 503:
      return sentence(failure.message) + `It is the server's own trouble: try again in ${seconds(failure.retryAfter)}.`;
    default:
      return failure.message || "Something went wrong. Try again.";
  }
}

function sentence(text) {
  return text ? `${text} ` : "";
}

function seconds(count) {
  return count > 1 ? `${count} seconds` : "a moment";
}

const relative = new Intl.RelativeTimeFormat("en");
const absolute = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function distance(time) {
  const away = (time.getTime() - Date.now()) / 1000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(away) >= length) {
      return relative.format(Math.round(away / length), unit);
    }
  }
  return away > 0 ? "in less than a minute" : "just now";
}

/** A time, as it is from now and as it stands in the calendar. */
export function timeElement(text) {
  const time = new Date(text);
  const element = document.createElement("time");
  element.dateTime = text;
  element.append(distance(time));
  const calendar = document.createElement("small");
  calendar.append(absolute.format(time));
  element.append(" ", calendar);
  return element;
}
