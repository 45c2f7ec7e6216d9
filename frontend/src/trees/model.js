// The two trees as objects that know their children and the other ends of their lines.

export function readModel(data) {
  const nodes = new Map();
  for (const row of data.nodes) {
    nodes.set(row.id, { staff: 0, members: 0, offices: [], notes: [], inside: [], ...row, children: [], ends: [], strays: [], depth: 0 });
  }
  const tops = { left: [], right: [] };
  for (const node of nodes.values()) {
    const above = nodes.get(node.under);
    if (above) {
      above.children.push(node);
      node.depth = above.depth + 1;
    } else tops[node.party ? "right" : "left"].push(node);
  }
  for (const [branch, section, members] of data.lines) tie(nodes, "ends", branch, section, members);
  for (const [branch, section, members] of data.strays) tie(nodes, "strays", branch, section, members);
  const model = { nodes, tops, lines: data.lines };
  tops.right = untangled(model);
  return model;
}

function tie(nodes, list, branch, section, members) {
  nodes.get(branch)[list].push({ node: nodes.get(section), members });
  nodes.get(section)[list].push({ node: nodes.get(branch), members });
}

export const above = (model, node) => model.nodes.get(node.under);

export function* below(node) {
  yield node;
  for (const child of node.children) yield* below(child);
}

export function leaves(node) {
  return [...below(node)].filter((one) => !one.children.length);
}

// Where a node is shown: in the outermost folded group that holds it, else as itself.
export function shown(model, node, folded) {
  let place = node;
  for (let one = node; one; one = above(model, one)) if (folded.has(one.id)) place = one;
  return place;
}

// The Party side stands by the mean place of what it covers, so that few lines cross; what covers nothing
// comes last, equals keep their rank. The administrative side keeps the order of the office.
function untangled(model) {
  const place = new Map();
  model.tops.left.flatMap(leaves).forEach((node, index) => place.set(node.id, index));
  const weigh = (node) => {
    const found = [...below(node)].flatMap((one) => one.ends.map((end) => place.get(end.node.id) ?? firstPlace(end.node, place)));
    const known = found.filter((one) => one !== undefined);
    return known.length ? known.reduce((sum, one) => sum + one, 0) / known.length : Infinity;
  };
  const sorted = (list) => {
    const weighed = list.map((node, rank) => ({ node, rank, group: node.children.length > 0, weight: weigh(node) }));
    weighed.sort((a, b) => a.group - b.group || (a.weight === b.weight ? a.rank - b.rank : a.weight - b.weight));
    for (const { node } of weighed) node.children = sorted(node.children);
    return weighed.map((one) => one.node);
  };
  return sorted(model.tops.right);
}

function firstPlace(node, place) {
  return place.get(leaves(node)[0]?.id);
}
