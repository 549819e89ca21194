//! The forward pass. Post-LN layers as in BERT (Devlin et al. 2019); the last layer computes the [CLS] row alone.

use super::attention::Attention;
use super::kernel::{Activations, Fine};
use super::math;
use super::matrix::Matrix;
use super::weights::{EngineError, Norm, Rows, Source};
use super::wide::Wide;
use super::{MAX_TOKENS, TYPES, onnx};

const LAYER_NORM_EPSILON: f32 = 1e-12;
/// All answers are read from the first row, [CLS]; labels hardly depend on more bits of the others.
const IN_LAYERS: Fine = Fine::First;

/// What one pass yields: logits of the five heads, the search vector, and what they are read from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outputs {
    pub intent: Vec<f32>,
    pub sentiment: Vec<f32>,
    pub emotion: Vec<f32>,
    pub abuse: Vec<f32>,
    /// Each by itself: a message can have both or neither.
    pub flags: Vec<f32>,
    /// Of length 1: a projection of the message's mean rows in all layers but the last. Messages that mean the same have
    /// similar vectors, across languages; the first half of the numbers alone serves, too, once it is brought to length 1
    /// (Kusupati et al. 2022).
    pub search: Vec<f32>,
    /// The first row of the last layer, which the heads read, before the last norm's gain and shift.
    pub pooled: Vec<f32>,
    /// The message's mean rows in all layers but the last, each of length 1: what `search` is projected from.
    pub means: Vec<f32>,
}

/// A loaded model. About 1 byte a weight.
pub struct Encoder {
    words: Rows,
    projection: Option<Matrix>,
    positions: Vec<f32>,
    types: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    intent: Matrix,
    sentiment: Matrix,
    emotion: Matrix,
    abuse: Matrix,
    flags: Matrix,
    search: Matrix,
    wide: Wide,
    hidden: usize,
    attention_heads: usize,
}

struct Layer {
    query: Matrix,
    key: Matrix,
    value: Matrix,
    output: Matrix,
    attention_norm: Norm,
    up: Matrix,
    down: Matrix,
    feed_forward_norm: Norm,
}

/// Buffers of one pass, reused from layer to layer.
#[derive(Default)]
struct Buffers {
    quantised: Activations,
    query: Vec<f32>,
    key: Vec<f32>,
    value: Vec<f32>,
    mixed: Vec<f32>,
    output: Vec<f32>,
    inner: Vec<f32>,
    attention: Attention,
}

impl Encoder {
    /// Reads the weights of an ONNX file. `attention_heads` is not among them.
    pub fn load(file: &[u8], attention_heads: usize) -> Result<Self, EngineError> {
        let source = Source(onnx::read(file)?);
        let words = source.rows("embeddings.word")?;
        let norm_gamma = source.floats("embeddings.norm.gamma")?;
        let hidden = norm_gamma.len();
        if attention_heads == 0 || hidden == 0 || !hidden.is_multiple_of(attention_heads) {
            return Err(EngineError::AttentionHeads { hidden, heads: attention_heads });
        }
        let projection = match words.width() == hidden {
            true => None,
            false => Some(source.matrix("embeddings.projection", words.width(), Some(hidden))?),
        };
        let (positions, types) = source.positions_and_types(hidden)?;
        let mut layers = Vec::new();
        while source.has(&format!("layers.{}.attention.query.weight", layers.len())) {
            layers.push(Layer::load(&source, layers.len(), hidden)?);
        }
        if layers.is_empty() {
            return Err(EngineError::Missing("layers.0.attention.query.weight".into()));
        }
        let below = (layers.len() - 1) * hidden;
        let head = |name: &str| source.matrix(&format!("heads.{name}"), hidden, None);
        let (intent, sentiment, emotion) = (head("intent")?, head("sentiment")?, head("emotion")?);
        let outputs = intent.outputs() + sentiment.outputs() + emotion.outputs();
        Ok(Self {
            wide: Wide::load(&source, outputs)?,
            projection,
            positions,
            types,
            norm: source.norm("embeddings.norm", hidden)?,
            layers,
            intent,
            sentiment,
            emotion,
            abuse: head("abuse")?,
            flags: head("flags")?,
            search: source.matrix("search", below, None)?,
            hidden,
            attention_heads,
            words,
        })
    }

    /// Outputs of the intent, sentiment, emotion, abuse and flags heads.
    pub fn head_sizes(&self) -> [usize; 5] {
        [&self.intent, &self.sentiment, &self.emotion, &self.abuse, &self.flags].map(Matrix::outputs)
    }

    pub fn vocabulary(&self) -> usize {
        self.words.len()
    }

    /// One pass. `types[i]` belongs to `ids[i]`; anything past [`MAX_TOKENS`] is left out. No ids give zeros.
    pub fn run(&self, ids: &[u32], types: &[u8]) -> Outputs {
        let tokens = ids.len().min(types.len()).min(MAX_TOKENS);
        if tokens == 0 {
            let zeros = |matrix: &Matrix| vec![0.0; matrix.outputs()];
            return Outputs {
                intent: zeros(&self.intent),
                sentiment: zeros(&self.sentiment),
                emotion: zeros(&self.emotion),
                abuse: zeros(&self.abuse),
                flags: zeros(&self.flags),
                search: zeros(&self.search),
                pooled: vec![0.0; self.hidden],
                means: vec![0.0; self.search.inputs()],
            };
        }
        let mut buffers = Buffers::default();
        let message = message(&ids[..tokens], types);
        let mut x = self.embed(&ids[..tokens], &types[..tokens], &mut buffers);
        let mut means = Vec::with_capacity(self.search.inputs());
        for (index, layer) in self.layers.iter().enumerate() {
            if index + 1 == self.layers.len() {
                layer.run(&mut x, 1, self.attention_heads, &mut buffers);
                x.truncate(self.hidden);
            } else {
                layer.run(&mut x, tokens, self.attention_heads, &mut buffers);
                append_mean(&x[..message.len() * self.hidden], self.hidden, &mut means);
            }
        }
        buffers.quantised.quantise(&x, self.hidden, Fine::All);
        // Phrases speak to the first three heads; the row ends with them.
        let phrases = self.wide.logits(&ids[..tokens], &types[..tokens]);
        let mut phrases = phrases.iter();
        let mut head = |matrix: &Matrix| {
            let mut logits = Vec::new();
            matrix.multiply(&x, &buffers.quantised, &mut logits);
            logits.iter_mut().zip(&mut phrases).for_each(|(logit, phrase)| *logit += phrase);
            logits
        };
        let (intent, sentiment, emotion) = (head(&self.intent), head(&self.sentiment), head(&self.emotion));
        let (abuse, flags) = (head(&self.abuse), head(&self.flags));
        let mut search = Vec::new();
        buffers.quantised.quantise(&means, means.len(), Fine::All);
        self.search.multiply(&means, &buffers.quantised, &mut search);
        math::to_unit_length(&mut search);
        let pooled = self.layers.last().map(|layer| layer.feed_forward_norm.undo(&x)).unwrap_or_default();
        Outputs { intent, sentiment, emotion, abuse, flags, search, pooled, means }
    }

    /// Rows of the wide part that a pass over these ids reads, ascending: of the message, and of the turns before it.
    pub fn phrase_rows(&self, ids: &[u32], types: &[u8]) -> [Vec<u32>; 2] {
        self.wide.rows_of(ids, types)
    }

    fn embed(&self, ids: &[u32], types: &[u8], buffers: &mut Buffers) -> Vec<f32> {
        let mut words = Vec::with_capacity(ids.len() * self.hidden);
        ids.iter().for_each(|&id| self.words.append(id, &mut words));
        let mut x = match &self.projection {
            None => words,
            Some(projection) => {
                buffers.quantised.quantise(&words, self.words.width(), Fine::All);
                let mut x = Vec::new();
                projection.multiply(&words, &buffers.quantised, &mut x);
                x
            }
        };
        let rows = x.chunks_exact_mut(self.hidden).zip(self.positions.chunks_exact(self.hidden));
        for ((row, position), &kind) in rows.zip(types) {
            let kind = &self.types[usize::from(kind).min(TYPES - 1) * self.hidden..][..self.hidden];
            for ((x, p), t) in row.iter_mut().zip(position).zip(kind) {
                *x += p + t;
            }
            self.norm.apply(row);
        }
        x
    }
}

/// The ids of type 0, which come first.
fn message<'a>(ids: &'a [u32], types: &[u8]) -> &'a [u32] {
    &ids[..types.iter().take(ids.len()).take_while(|&&kind| kind == 0).count()]
}

/// Appends the mean of the rows, brought to length 1.
fn append_mean(rows: &[f32], width: usize, out: &mut Vec<f32>) {
    let start = out.len();
    out.resize(start + width, 0.0);
    for row in rows.chunks_exact(width) {
        out[start..].iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
    math::to_unit_length(&mut out[start..]);
}

impl Norm {
    fn apply(&self, row: &mut [f32]) {
        math::layer_norm(row, &self.gamma, &self.beta, LAYER_NORM_EPSILON);
    }

    /// The row without gain and shift.
    fn undo(&self, row: &[f32]) -> Vec<f32> {
        let gains = row.iter().zip(&self.beta).zip(&self.gamma);
        gains.map(|((x, b), g)| if *g == 0.0 { 0.0 } else { (x - b) / g }).collect()
    }
}

impl Layer {
    fn load(source: &Source<'_>, index: usize, hidden: usize) -> Result<Self, EngineError> {
        let attention = |part: &str| source.matrix(&format!("layers.{index}.attention.{part}"), hidden, Some(hidden));
        let up = source.matrix(&format!("layers.{index}.feed_forward.up"), hidden, None)?;
        Ok(Self {
            query: attention("query")?,
            key: attention("key")?,
            value: attention("value")?,
            output: attention("output")?,
            attention_norm: source.norm(&format!("layers.{index}.attention.norm"), hidden)?,
            down: source.matrix(&format!("layers.{index}.feed_forward.down"), up.outputs(), Some(hidden))?,
            up,
            feed_forward_norm: source.norm(&format!("layers.{index}.feed_forward.norm"), hidden)?,
        })
    }

    /// Replaces the first `rows` rows of `x` by the layer's output; the others are only attended to.
    fn run(&self, x: &mut [f32], rows: usize, heads: usize, b: &mut Buffers) {
        let hidden = self.query.inputs();
        b.quantised.quantise(x, hidden, IN_LAYERS);
        self.key.multiply(x, &b.quantised, &mut b.key);
        self.value.multiply(x, &b.quantised, &mut b.value);
        if x.len() > rows * hidden {
            b.quantised.quantise(&x[..rows * hidden], hidden, IN_LAYERS);
        }
        let x = &mut x[..rows * hidden];
        self.query.multiply(x, &b.quantised, &mut b.query);
        b.attention.run(hidden, heads, &b.query, &b.key, &b.value, &mut b.mixed);

        b.quantised.quantise(&b.mixed, hidden, IN_LAYERS);
        self.output.multiply(&b.mixed, &b.quantised, &mut b.output);
        add_and_norm(x, &b.output, &self.attention_norm);

        b.quantised.quantise(x, hidden, IN_LAYERS);
        self.up.multiply(x, &b.quantised, &mut b.inner);
        math::gelu(&mut b.inner);
        b.quantised.quantise(&b.inner, self.up.outputs(), IN_LAYERS);
        self.down.multiply(&b.inner, &b.quantised, &mut b.output);
        add_and_norm(x, &b.output, &self.feed_forward_norm);
    }
}

fn add_and_norm(x: &mut [f32], added: &[f32], norm: &Norm) {
    for (row, added) in x.chunks_exact_mut(norm.gamma.len()).zip(added.chunks_exact(norm.gamma.len())) {
        for (x, a) in row.iter_mut().zip(added) {
            *x += a;
        }
        norm.apply(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{self, Sizes};

    #[test]
    fn damaged_models_are_refused() {
        let sizes = Sizes::default();
        let load = |file: &[u8], heads| Encoder::load(file, heads).err();
        assert_eq!(load(&fixture::encoder(&sizes, 1, true), 4), None);
        assert_eq!(
            load(&fixture::encoder(&sizes, 1, true), 5),
            Some(EngineError::AttentionHeads { hidden: 32, heads: 5 })
        );
        assert!(matches!(load(b"", 4), Some(EngineError::Onnx(_))));
        assert!(matches!(load(&fixture::model(&[], &[]), 4), Some(EngineError::Missing(_))));
    }

    #[test]
    fn only_the_first_row_is_needed() {
        let encoder = Encoder::load(&fixture::encoder(&Sizes::default(), 3, true), 4).unwrap();
        let (ids, types) = ([1, 5, 9, 2, 7], [0, 0, 0, 1, 2]);
        let outputs = encoder.run(&ids, &types);
        assert_eq!(encoder.head_sizes(), [40, 5, 9, 7, 2]);
        let three = outputs.intent.iter().chain(&outputs.sentiment).chain(&outputs.emotion);
        assert!(three.chain(&outputs.abuse).chain(&outputs.flags).all(|x| x.is_finite()));
        assert!((outputs.search.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-5);
        assert_eq!(outputs, encoder.run(&ids, &types), "the same input gives the same bits");
        assert_ne!(outputs, encoder.run(&ids, &[0; 5]));
    }

    #[test]
    fn int8_is_close_to_its_own_floats() {
        let sizes = Sizes::default();
        let int8 = Encoder::load(&fixture::encoder(&sizes, 5, true), 4).unwrap();
        let float = Encoder::load(&fixture::encoder(&sizes, 5, false), 4).unwrap();
        let (ids, types): (Vec<u32>, Vec<u8>) = ((0..40).map(|i| i * 7 % 60).collect(), vec![0; 40]);
        let (a, b) = (int8.run(&ids, &types).intent, float.run(&ids, &types).intent);
        assert!(fixture::cosine(&a, &b) > 0.9999, "{}", fixture::cosine(&a, &b));
    }

    proptest::proptest! {
        #[test]
        fn any_ids_are_survived(ids in proptest::collection::vec(proptest::num::u32::ANY, 0..140), kind in 0u8..8) {
            static ENCODER: std::sync::LazyLock<Encoder> =
                std::sync::LazyLock::new(|| Encoder::load(&fixture::encoder(&Sizes::default(), 3, true), 4).unwrap());
            let outputs = ENCODER.run(&ids, &vec![kind; ids.len()]);
            proptest::prop_assert!(outputs.intent.iter().chain(&outputs.search).all(|x| x.is_finite()));
        }
    }
}
