import assert from "node:assert/strict";
import { test } from "node:test";
import { networkOf } from "./rate.ts";

test("one line's IPv6 addresses count as one, and IPv4 addresses each for themselves", () => {
  assert.equal(networkOf("192.0.2.1"), "192.0.2.1");
  assert.equal(networkOf("::ffff:192.0.2.1"), "192.0.2.1");
  const [one, other] = ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9"];
  assert.equal(networkOf(one), networkOf(other));
  assert.notEqual(networkOf(one), networkOf("2001:db8:1:3::9"));
  assert.equal(networkOf("2001:DB8:0001:0002::1"), "2001:db8:1:2::/64");
  assert.equal(networkOf("::1"), "0:0:0:0::/64");
  assert.equal(networkOf("fe80::1%eth0"), "fe80:0:0:0::/64");
});
