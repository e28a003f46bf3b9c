// Twilio's own answer for each JSON string on a line: [encoding, segments]. Only tests use this.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { SegmentedMessage } = createRequire(import.meta.url)("sms-segments-calculator");

for await (const line of createInterface({ input: process.stdin })) {
  const message = new SegmentedMessage(JSON.parse(line), "auto", false);
  console.log(JSON.stringify([message.encodingName, message.segmentsCount]));
}
