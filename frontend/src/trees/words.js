// What the picture says in words: the small print of a box, and whole sentences for a screen reader.
import { below, leaves } from "./model.js";

// Notes that the sentence says in its own way.
const SAID = /^(未被覆盖|未覆盖科室|跨.*)$/;

const people = (node) => (node.party ? `${node.members}名党员` : `${node.staff}人`);
const office = (node) => (node.offices.length > 1 ? `${node.offices.length}处办公` : node.offices[0]);
const join = (parts, by) => parts.filter(Boolean).join(by);

// With a note in the box there is room for the number only.
export function small(node, tall, note) {
  if (node.word) return "";
  if (note && !tall) return people(node);
  if (node.children.length) return join([`${leaves(node).length}个${node.party ? "支部" : "科室"}`, `${node.party ? node.members : node.staff}人`], " · ");
  if (!node.party) return join([office(node), people(node)], " · ");
  const sections = node.ends.length && `${node.ends.length}个科室`;
  return join([people(node), tall && node.offices.length && `${node.offices.length}处办公`, sections], " · ");
}

export function sentence(node, open) {
  if (node.word) return `${node.name},上级组织,只显示名称`;
  const parts = [node.name, people(node)];
  if (node.children.length) {
    parts.push(`${leaves(node).length}个${node.party ? "支部" : "科室"}`, open ? "已展开" : "已折叠");
  } else {
    parts.push(office(node), ties(node));
    if (node.party && node.head) parts.push(`书记${node.head}`);
  }
  return join([...parts, ...node.notes.filter((note) => !SAID.test(note))], ",");
}

function ties(node) {
  const names = node.ends.map((end) => end.node.name).join("、");
  if (node.party) return names ? `覆盖${names}` : node.notes.find((note) => note === "未覆盖科室");
  return names ? `由${names}覆盖` : node.notes.find((note) => note === "未被覆盖");
}

// The one mark that a box shows; the panel and the table tell all.
export function mark(node) {
  if (!node.children.length) return node.notes.find((note) => !note.startsWith("跨")) ?? "";
  const open = [...below(node)].filter((one) => one.notes.includes("未被覆盖")).length;
  return open ? `${open}个未被覆盖` : "";
}
