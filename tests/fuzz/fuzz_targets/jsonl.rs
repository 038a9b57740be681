#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| nukil_fuzz::jsonl(bytes));
