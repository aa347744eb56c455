// The types of the bundled API: a body accepts any code, the enum only documented ones.
import type { components, paths } from "./api";

type Failure = components["schemas"]["VpnError"];
type Code = components["schemas"]["VpnErrorCode"];
type Responses = paths["/gateways/{id}"]["get"]["responses"];
export const documented: Code = "VPN.0004";
export const undocumented: Failure = { code: "VPN.9999", message: "something new" };
export const found: Responses[404]["content"]["application/json"] = undocumented;
export const other: Responses["default"]["content"]["application/json"] = found;
// @ts-expect-error: this code is not documented
export const wrong: Code = "VPN.9999";
// @ts-expect-error: the message is missing
export const short: Failure = { code: documented };
