// page.js - shows /sandbox/live as it changes.
//
// Whatever came in a request is put as text or as a number, never as markup.
"use strict";

const SVG = "http://www.w3.org/2000/svg";
const PAUSE = 1000; // ms between two looks

const byId = (id) => document.getElementById(id);
const count = (n) => n.toLocaleString("en-GB");
const hours = (seconds) => (seconds / 3600).toLocaleString("en-GB",
	{ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const iso = (seconds) => new Date(seconds * 1000).toISOString();
const minute = (time) => time.slice(0, 16).replace("T", " ");

function element(name, className, text) {
	const e = document.createElement(name);
	if (className)
		e.className = className;
	if (text !== undefined)
		e.textContent = text;
	return e;
}

// A state's colour, its name and hours.
function stateItem(live, i, seconds) {
	const item = element("li");
	item.append(element("span", "key s" + i), live.states[i].state + " ",
		hours(seconds) + " h");
	return item;
}

function showStates(live) {
	const share = byId("share"), list = byId("states");
	const all = live.states.reduce((sum, s) => sum + s.seconds, 0);
	share.replaceChildren();
	list.replaceChildren();
	live.states.forEach((s, i) => {
		if (s.seconds === 0)
			return;
		const part = element("span", "s" + i);
		part.style.setProperty("width", 100 * s.seconds / all + "%");
		share.append(part);
		list.append(stateItem(live, i, s.seconds));
	});
	byId("hours").textContent = hours(all);
}

// Columns that there is something in.
function columns(timeline) {
	return Math.ceil((timeline.end - timeline.start) / timeline.step);
}

// One machine's timeline: a bar a column, the states on top of each other.
function strip(live, row) {
	const svg = document.createElementNS(SVG, "svg"), width = columns(live.timeline);
	svg.setAttribute("class", "strip");
	svg.setAttribute("viewBox", "0 0 " + width + " 100");
	svg.setAttribute("preserveAspectRatio", "none");
	svg.setAttribute("role", "img");
	svg.setAttribute("aria-label", "timeline");
	for (let x = 0; x < width; x++) {
		let y = 100;
		row.columns.forEach((column, i) => {
			const height = Math.min(column[x] || 0, y);
			if (height <= 0)
				return;
			const bar = document.createElementNS(SVG, "rect");
			y -= height;
			bar.setAttribute("class", "s" + i);
			bar.setAttribute("x", x);
			bar.setAttribute("y", y);
			bar.setAttribute("width", 1.02);
			bar.setAttribute("height", height);
			svg.append(bar);
		});
	}
	return svg;
}

function machine(live, row) {
	const card = element("article", "machine");
	const head = element("header"), list = element("ul", "hours");
	const name = element("h3");
	name.append(element("bdi", "", row.machineId), " ", element("span", "of", row.companyId + " / " + row.projectId));
	row.seconds.forEach((seconds, i) => {
		if (seconds !== 0)
			list.append(stateItem(live, i, seconds));
	});
	head.append(name, list);
	card.append(head, strip(live, row));
	return card;
}

function showMachines(live) {
	const rest = live.machines - live.rows.length, range = byId("range");
	byId("rows").replaceChildren(...live.rows.map((row) => machine(live, row)));
	byId("more").textContent = rest > 0 ? "and " + count(rest) + " more" : "";
	range.replaceChildren();
	if (live.timeline) {
		range.append(element("span", "", minute(iso(live.timeline.start))),
			element("span", "", minute(iso(live.timeline.end))));
	}
}

function showLast(last) {
	if (last)
		byId("last").textContent = minute(last.at) + ": " +
			count(last.records) + (last.records === 1 ? " period, " : " periods, ") + hours(last.seconds) +
			" h, of " + last.companyId + " / " + last.projectId + ", " +
			minute(last.firstStart) + " to " + minute(last.lastEnd);
}

function show(live) {
	byId("records").textContent = count(live.records);
	byId("machines").textContent = count(live.machines);
	byId("batches").textContent = count(live.batches);
	showStates(live);
	showLast(live.lastBatch);
	showMachines(live);
}

function say(text, lost) {
	const status = byId("status");
	if (status.textContent !== text)
		status.textContent = text;
	status.classList.toggle("lost", lost);
}

let shown = "";
async function look() {
	try {
		const answer = await fetch("/sandbox/live", { cache: "no-store" });
		const text = await answer.text();
		if (!answer.ok)
			throw new Error(answer.status);
		if (text !== shown)
			show(JSON.parse(text));
		shown = text;
		say("live", false);
	} catch (why) {
		say("no answer: what stands here is what came before", true);
	}
	setTimeout(look, document.hidden ? 5 * PAUSE : PAUSE);
}
look();
