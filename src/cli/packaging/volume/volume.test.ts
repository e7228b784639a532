import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { readsFromDevice } from "../read-back.ts";
import { largestFile, mountsOf } from "./mounted-volume.ts";
import { deviceOf, disksOf } from "./system-disk.ts";
import { idsOf, volumeNames } from "./volume-ids.ts";

/** A machine's /sys and /dev with one disk that is encrypted and holds the system, and a stick. */
const root = realpathSync(mkdtempSync(join(tmpdir(), "waybill-machine-")));
after(() => rmSync(root, { recursive: true }));
const put = (path: string, text = "") => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const link = (path: string, target: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(join(root, target), join(root, path));
};
const [ssd, stick] = ["sys/devices/pci0/nvme0n1", "sys/devices/pci0/usb1/1-2/host6/block/sdb"];
put(`${ssd}/nvme0n1p2/partition`, "2");
put(`${ssd}/nvme0n1p3/partition`, "3");
put("sys/devices/virtual/block/dm-0/slaves/nvme0n1p3");
put(`${stick}/sdb1/partition`, "1");
put("sys/devices/pci0/usb1/1-2/serial", "4C530001271118\n");
put("sys/class/block/nvme0n1p3/dev", "259:3\n");
link("sys/dev/block/259:2", `${ssd}/nvme0n1p2`);
link("sys/dev/block/259:3", `${ssd}/nvme0n1p3`);
link("sys/dev/block/254:0", "sys/devices/virtual/block/dm-0");
link("sys/dev/block/8:17", `${stick}/sdb1`);
link("sys/dev/block/8:16", stick);
put("dev/sdb1");
put("dev/dm-0");
link("dev/disk/by-label/M-0042\\x20b", "dev/sdb1");
link("dev/disk/by-label/system", "dev/dm-0");
link("dev/disk/by-uuid/7E1A-03F2", "dev/sdb1");

test("another partition of the disk that the system lies on, encrypted or not, is on a system disk; a stick is not", () => {
  const disks = (device: string) => disksOf(device, join(root, "sys"));
  assert.deepEqual(disks("254:0"), ["nvme0n1"], "an encrypted volume");
  assert.deepEqual(disks("259:2"), ["nvme0n1"], "a partition beside it");
  assert.deepEqual(disks("8:17"), ["sdb"]);
  assert.deepEqual(disks("8:16"), ["sdb"], "a whole disk without partitions");
  assert.deepEqual(disks("0:40"), [], "no block device");
});

test("SDT-23: a volume is known by its label, its file system's id and its maker's serial", () => {
  assert.deepEqual(idsOf("8:17", root), ["M-0042 b", "7E1A-03F2", "4C530001271118"]);
  assert.deepEqual(idsOf("254:0", root), ["system"]);
  assert.deepEqual(idsOf("9:9", root), []);
});

test("SDT-27: the name that people see of a volume is known, so that one that tells is said", () => {
  const named = (device: string | null) => volumeNames({ folder: "/media/stick", device, fileSystem: "vfat" }, root);
  if (process.platform === "darwin") assert.deepEqual(named(null), ["stick"]);
  else assert.deepEqual([named("8:17"), named("254:0"), named("9:9"), named(null)], [["M-0042 b"], ["system"], [], []]);
});

test("what O_DIRECT reads is the device's on a disk's file system; not in memory, nor in a process, nor on another computer", () => {
  const [ext4, fat, exfat, memory, fuse, nfs] = [0xef53, 0x4d44, 0x2011bab0, 0x01021994, 0x65735546, 0x6969];
  assert.deepEqual([ext4, fat, exfat].map(readsFromDevice), [true, true, true]);
  assert.deepEqual([memory, fuse, nfs].map(readsFromDevice), [false, false, false]);
});

test("devices are numbered as the kernel does it", () => {
  assert.equal(deviceOf(0x811), "8:17");
  assert.equal(deviceOf(0x10303), "259:3");
  assert.equal(deviceOf(0x100810), "8:272");
});

test("the list of mounts is read, with spaces in paths", () => {
  const text = [
    "36 35 8:17 / /media/lena/M\\0400042 rw,nosuid - vfat /dev/sdb1 rw",
    "37 35 0:40 / /run/x rw shared:1 - tmpfs none rw",
    "broken",
  ].join("\n");
  const [stick, memory, ...more] = mountsOf(text);
  assert.deepEqual(stick, { folder: "/media/lena/M 0042", device: "8:17", fileSystem: "vfat" });
  assert.deepEqual(memory, { folder: "/run/x", device: null, fileSystem: "tmpfs" });
  assert.equal(more.length, 0);
  assert.equal(stick && largestFile(stick), 4_294_967_295);
  assert.equal(memory && largestFile(memory), null);
});
