//! Small random models in the shipped file format, for tests: a protobuf writer and a random encoder.

/// SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// −1 to 1.
    pub fn float(&mut self) -> f32 {
        (self.draw() >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    }
}

fn varint(mut n: u64, out: &mut Vec<u8>) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn number(field: u64, n: u64, out: &mut Vec<u8>) {
    varint(field << 3, out);
    varint(n, out);
}

fn bytes(field: u64, bytes: &[u8], out: &mut Vec<u8>) {
    varint(field << 3 | 2, out);
    varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

fn tensor(name: &str, dims: &[usize], data_type: u64, raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    dims.iter().for_each(|&d| number(1, d as u64, &mut out));
    number(2, data_type, &mut out);
    bytes(8, name.as_bytes(), &mut out);
    bytes(9, raw, &mut out);
    out
}

pub fn tensor_f32(name: &str, dims: &[usize], values: &[f32]) -> Vec<u8> {
    let raw: Vec<u8> = values.iter().flat_map(|x| x.to_le_bytes()).collect();
    tensor(name, dims, 1, &raw)
}

pub fn tensor_i8(name: &str, dims: &[usize], values: &[i8]) -> Vec<u8> {
    let raw: Vec<u8> = values.iter().map(|&x| x as u8).collect();
    tensor(name, dims, 3, &raw)
}

pub fn tensor_i32(name: &str, dims: &[usize], values: &[i32]) -> Vec<u8> {
    let raw: Vec<u8> = values.iter().flat_map(|x| x.to_le_bytes()).collect();
    tensor(name, dims, 6, &raw)
}

/// A model file of these initialisers and metadata, without nodes.
pub fn model(initialisers: &[Vec<u8>], metadata: &[(&str, &str)]) -> Vec<u8> {
    let mut graph = Vec::new();
    initialisers.iter().for_each(|tensor| bytes(5, tensor, &mut graph));
    let mut out = Vec::new();
    number(1, 10, &mut out);
    bytes(7, &graph, &mut out);
    for (key, value) in metadata {
        let mut entry = Vec::new();
        bytes(1, key.as_bytes(), &mut entry);
        bytes(2, value.as_bytes(), &mut entry);
        bytes(14, &entry, &mut out);
    }
    out
}

/// Sizes of a random encoder.
pub struct Sizes {
    pub vocabulary: usize,
    pub embedding: usize,
    pub hidden: usize,
    pub inner: usize,
    pub layers: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { vocabulary: 60, embedding: 16, hidden: 32, inner: 64, layers: 2 }
    }
}

/// A random encoder; with `int8` its matrices are quantised, else the same numbers are stored as f32.
pub fn encoder(sizes: &Sizes, seed: u64, int8: bool) -> Vec<u8> {
    let mut writer = Writer { random: Random::new(seed), tensors: Vec::new(), int8 };
    let Sizes { vocabulary, embedding, hidden, inner, layers } = *sizes;
    writer.matrix("embeddings.word", vocabulary, embedding, true);
    if embedding != hidden {
        writer.linear("embeddings.projection", embedding, hidden);
    }
    writer.floats("embeddings.position", &[128, hidden], 0.1);
    writer.floats("embeddings.type", &[3, hidden], 0.1);
    writer.norm("embeddings.norm", hidden);
    for layer in 0..layers {
        for part in ["query", "key", "value", "output"] {
            writer.linear(&format!("layers.{layer}.attention.{part}"), hidden, hidden);
        }
        writer.norm(&format!("layers.{layer}.attention.norm"), hidden);
        writer.linear(&format!("layers.{layer}.feed_forward.up"), hidden, inner);
        writer.linear(&format!("layers.{layer}.feed_forward.down"), inner, hidden);
        writer.norm(&format!("layers.{layer}.feed_forward.norm"), hidden);
    }
    for (head, size) in [("intent", 40), ("sentiment", 5), ("emotion", 9), ("abuse", 7), ("flags", 2)] {
        writer.linear(&format!("heads.{head}"), hidden, size);
    }
    writer.linear("search", (layers - 1) * hidden, 8);
    writer.phrases(vocabulary);
    model(&writer.tensors, &[])
}

struct Writer {
    random: Random,
    tensors: Vec<Vec<u8>>,
    int8: bool,
}

impl Writer {
    fn floats(&mut self, name: &str, dims: &[usize], spread: f32) {
        let values: Vec<f32> = (0..dims.iter().product()).map(|_| self.random.float() * spread).collect();
        self.tensors.push(tensor_f32(name, dims, &values));
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.tensors.push(tensor_f32(&format!("{name}.gamma"), &[width], &vec![1.0; width]));
        self.floats(&format!("{name}.beta"), &[width], 0.1);
    }

    fn linear(&mut self, name: &str, inputs: usize, outputs: usize) {
        self.matrix(&format!("{name}.weight"), inputs, outputs, false);
        self.floats(&format!("{name}.bias"), &[outputs], 0.1);
    }

    /// The wide part: every single token of every author is a kept phrase, and the first row is for padding.
    fn phrases(&mut self, vocabulary: usize) {
        let tokens = 0..vocabulary as u32;
        let mut hashes: Vec<u32> =
            (0..3).flat_map(|kind| tokens.clone().map(move |id| super::wide::hash_of_one(kind, id))).collect();
        hashes.sort_unstable();
        let values: Vec<i32> = hashes.iter().map(|&hash| hash as i32).collect();
        self.tensors.push(tensor_i32("wide.hashes", &[values.len()], &values));
        self.matrix("wide.rows", hashes.len() + 1, 40 + 5 + 9, true);
    }

    fn matrix(&mut self, name: &str, rows: usize, columns: usize, scale_by_row: bool) {
        let values: Vec<i8> = (0..rows * columns).map(|_| (self.random.draw() % 255) as u8 as i8).collect();
        let count = if scale_by_row { rows } else { columns };
        let scales: Vec<f32> =
            (0..count).map(|_| (self.random.float() + 2.0) / (127.0 * (rows as f32).sqrt())).collect();
        if self.int8 {
            self.tensors.push(tensor_i8(&format!("{name}_quantized"), &[rows, columns], &values));
            self.tensors.push(tensor_f32(&format!("{name}_scale"), &[count], &scales));
            self.tensors.push(tensor_i8(&format!("{name}_zero_point"), &[], &[0]));
        } else {
            let floats: Vec<f32> = (0..rows * columns)
                .map(|i| f32::from(values[i]) * scales[if scale_by_row { i / columns } else { i % columns }])
                .collect();
            self.tensors.push(tensor_f32(name, &[rows, columns], &floats));
        }
    }
}

pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}
