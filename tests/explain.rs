//! What `nukil explain` promises: every mention of `extract`, with what speaks for it.

mod support;

use support::Room;

/// The explanations of a text by mention: its line, and the lines below.
fn explained(text: &str, more: &[&str]) -> Vec<(String, Vec<String>)> {
    let room = Room::new();
    room.put("berita.txt", text);
    let arguments = [&["explain", "berita.txt", "--layout", "plain"], more].concat();
    let ran = room.run(&arguments);
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    let blocks = ran.stdout.split("\n\n").skip(1).map(|block| {
        let mut lines = block.lines().map(|line| line.trim().to_string());
        (lines.next().unwrap(), lines.collect())
    });
    blocks.collect()
}

/// The lines about one thing of one mention, without its name.
fn lines<'b>(blocks: &'b [(String, Vec<String>)], mention: &str, what: &str) -> Vec<&'b str> {
    let block = blocks.iter().find(|(head, _)| head.starts_with(mention));
    let (_, lines) = block.unwrap_or_else(|| panic!("no {mention:?} in {blocks:?}"));
    lines.iter().filter_map(|line| line.strip_prefix(what)).map(str::trim).collect()
}

#[test]
fn every_mention_of_the_tables_is_explained() {
    let text = "Presiden Joko Widodo tiba di Demak. “Air surut,” kata Jokowi.";
    let room = Room::new();
    room.put("berita.txt", text);
    let ran = room.run(&["extract", "berita.txt", "--layout", "plain"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let rows = room.columns("nukil-out/mentions.csv", &["text", "start", "end", "label"]);
    let rows = rows.iter().map(|row| format!("{} ({} to {}): {}", row[0], row[1], row[2], row[3]));
    let blocks = explained(text, &[]);
    assert_eq!(rows.collect::<Vec<_>>(), blocks.iter().map(|b| b.0.clone()).collect::<Vec<_>>());
    for (head, lines) in &blocks {
        for what in ["found by", "tagger", "entity"] {
            assert!(lines.iter().any(|line| line.starts_with(what)), "{what} of {head}");
        }
    }
}

#[test]
fn cues_beside_a_name_and_roles_are_told() {
    let blocks = explained("Presiden Joko Widodo tiba di Demak. “Surut,” kata Jokowi.", &[]);
    assert_eq!(lines(&blocks, "Joko Widodo", "before it"), ["title \"Presiden\""]);
    assert_eq!(lines(&blocks, "Joko Widodo", "roles"), ["Presiden"]);
    assert_eq!(lines(&blocks, "Demak", "before it"), ["place cue \"tiba di\""]);
    assert_eq!(lines(&blocks, "Jokowi", "before it"), ["verb \"kata\""]);
}

#[test]
fn it_is_told_which_of_several_places_was_taken_and_why() {
    let blocks = explained("Hujan turun di Depok, Jawa Barat.", &[]);
    let readings = lines(&blocks, "Depok", "gazetteer");
    assert!(readings.len() > 2, "{readings:?}");
    assert!(readings[0].starts_with("Depok (city, kemendagri:32.76, kemendagri:32), taken: "));
    assert!(readings[0].contains("other places"), "{}", readings[0]);
    assert!(readings[1..].iter().all(|reading| reading.contains(", left: ")), "{readings:?}");
    assert_eq!(lines(&blocks, "Jawa Barat", "gazetteer").len(), 1);
}

#[test]
fn it_is_told_why_mentions_are_one_entity() {
    let text = "Presiden Joko Widodo berpidato. Menurut Jokowi, panen naik. Bambang Pamungkas \
                mendengarkan. “Bagus,” kata Bambang. Rina Wijaya pulang.";
    let blocks = explained(text, &[]);
    let why = |mention: &str| lines(&blocks, mention, "entity")[0].split_once("; ").unwrap().1;
    assert_eq!(why("Joko Widodo"), "the name to which the others were joined");
    assert_eq!(why("Jokowi"), "joined: the gazetteer has both forms as one");
    assert_eq!(why("Bambang ("), "joined: shortens its name");
    assert_eq!(why("Rina Wijaya"), "on its own");
}

#[test]
fn a_short_name_of_the_document_is_not_who_the_gazetteer_knows_by_it() {
    let text = "Pedagang Risma Damayanti membuka warung. “Ramai,” kata Risma.";
    let blocks = explained(text, &[]);
    let reading = lines(&blocks, "Risma (", "gazetteer")[0];
    assert!(reading.ends_with("not taken: the words shorten a name of the document"), "{reading}");
    assert!(lines(&blocks, "Risma (", "entity")[0].starts_with("e1 Risma Damayanti;"));
}

#[test]
fn what_cannot_be_read_is_named_and_told_by_the_status() {
    let room = Room::new();
    room.put("a.txt", "Hujan turun di Demak.");
    let ran = room.run(&["explain", "a.txt", "tidak-ada.txt"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("Demak (15 to 20): LOC"), "{}", ran.stdout);
    assert!(ran.stderr.contains("tidak-ada.txt"), "{}", ran.stderr);
    assert_eq!(room.run(&["explain", "tidak-ada.txt"]).status, 2);
}

#[test]
fn asserted_names_are_explained_too() {
    let room = Room::new();
    room.put("nama.csv", "name,label,id\nWarung Senja,ORG,x:1\n");
    room.put("a.txt", "Mereka makan di Warung Senja.");
    let ran = room.run(&["explain", "a.txt", "--gazetteer", "nama.csv"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("Warung Senja, x:1; on its own"), "{}", ran.stdout);
}
