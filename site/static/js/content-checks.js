// Our checks of link texts, headings and alt texts, for Wagtail's checker in the preview.
// The patterns and limits come with each check's options from the server. True is well.
const textOf = (node) => node.textContent.trim().replace(/\s+/g, " ");
const altOf = (node) => node.getAttribute("alt") ?? "";
const unlike = (read) => (node, { pattern }) => !new RegExp(pattern, "i").test(read(node));
const atMost = (read) => (node, { longest }) => read(node).length <= longest;

function isMoreThanBold(node) {
  const text = textOf(node);
  const bold = [...node.querySelectorAll("b, strong")].map(textOf).join("");
  return !text || bold.replaceAll(" ", "") !== text.replaceAll(" ", "");
}

const checks = {
  "check-vague-link-text": unlike(textOf),
  "check-bare-address": unlike(textOf),
  "check-long-heading": atMost(textOf),
  "check-bold-paragraph": isMoreThanBold,
  "check-alt-text-prefix": unlike(altOf),
  "check-long-alt-text": atMost(altOf),
};

for (const [name, check] of Object.entries(checks)) {
  window.wagtail?.userbar?.registerCheck(name, check);
}
