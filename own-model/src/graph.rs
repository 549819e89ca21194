//! The ONNX graph: what can be said of it before it is run, and running it.

use std::collections::HashSet;
use std::sync::Arc;

use domain::own_model::Fault;
use tract_onnx::pb::tensor_proto::DataLocation;
use tract_onnx::pb::{AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto, type_proto};
use tract_onnx::prelude::*;

/// Longest detail of a fault.
const MOST_DETAIL_CHARS: usize = 300;
/// Most dimensions that a tensor of a text classifier may have, and more than any has.
const MOST_RANK: i64 = 16;
/// ONNX's number for 32-bit integers; the other kind of token ids has 64.
const INT32: i32 = 6;

/// A graph that is ready to run: one message of any length at a time.
pub struct Graph {
    plan: Arc<TypedRunnableModel>,
    inputs: Vec<Input>,
    /// Which of the outputs holds the scores.
    output: usize,
    vocabulary: Option<usize>,
    most_tokens: Option<usize>,
}

#[derive(Clone, Copy)]
struct Input {
    holds: Holds,
    is_int32: bool,
}

#[derive(Clone, Copy)]
enum Holds {
    Ids,
    Mask,
    Types,
}

impl Graph {
    pub fn load(bytes: &[u8]) -> Result<Self, Fault> {
        // What the file says of shapes inside names other dimensions than ours.
        let onnx = tract_onnx::onnx().with_ignore_value_info(true);
        let mut bytes_read = bytes;
        let proto = onnx.proto_model_for_read(&mut bytes_read).map_err(|_| Fault::NotOnnx)?;
        let graph = proto.graph.as_ref().filter(|graph| !graph.node.is_empty()).ok_or(Fault::NotOnnx)?;
        check_weights(graph)?;
        check_operators(&proto, graph, &onnx.op_register)?;
        check_wires(graph)?;
        let inputs = inputs(graph)?;
        let output = output(graph)?;
        let plan =
            plan(&onnx, &proto, &inputs).map_err(|error| Fault::Graph { detail: short(&format!("{error:#}")) })?;
        Ok(Self {
            plan,
            inputs,
            output,
            vocabulary: rows(graph, &["word_embeddings", "tok_embeddings"]),
            most_tokens: rows(graph, &["position_embeddings"]),
        })
    }

    /// Tokens that the model has a row for, where that can be told.
    pub fn vocabulary(&self) -> Option<usize> {
        self.vocabulary
    }

    /// Places that the model has a row for, where that can be told.
    pub fn most_tokens(&self) -> Option<usize> {
        self.most_tokens
    }

    /// The scores of one message, as they are.
    pub fn run(&self, ids: &[u32], types: &[u32]) -> Result<Vec<f32>, Fault> {
        let inputs = self.inputs.iter().map(|input| {
            let values: Vec<i64> = match input.holds {
                Holds::Ids => ids.iter().map(|&id| i64::from(id)).collect(),
                Holds::Types => types.iter().map(|&kind| i64::from(kind)).collect(),
                Holds::Mask => vec![1; ids.len()],
            };
            row(values, input.is_int32)
        });
        let failed = |error: TractError| Fault::Graph { detail: short(&format!("{error:#}")) };
        let inputs: TractResult<TVec<TValue>> = inputs.collect();
        let outputs = self.plan.run(inputs.map_err(failed)?).map_err(failed)?;
        let scores = outputs.get(self.output).filter(|scores| matches!(scores.shape(), [1, _]));
        let scores = scores.ok_or(Fault::NoScores { outputs: vec!["?".into()] })?;
        let scores = scores.cast_to::<f32>().map_err(failed)?;
        Ok(scores.to_plain_array_view::<f32>().map_err(failed)?.iter().copied().collect())
    }
}

fn row(values: Vec<i64>, is_int32: bool) -> TractResult<TValue> {
    let tensor: Tensor = tract_ndarray::Array2::from_shape_vec((1, values.len()), values)?.into();
    Ok(if is_int32 { tensor.cast_to::<i32>()?.into_owned() } else { tensor }.into())
}

fn plan(onnx: &tract_onnx::Onnx, proto: &ModelProto, inputs: &[Input]) -> TractResult<Arc<TypedRunnableModel>> {
    let mut model = onnx.model_for_proto_model(proto)?;
    let length = model.symbols.sym("length");
    for (nth, input) in inputs.iter().enumerate() {
        let kind = if input.is_int32 { i32::datum_type() } else { i64::datum_type() };
        model.set_input_fact(nth, InferenceFact::dt_shape(kind, [1.to_dim(), length.to_dim()]))?;
    }
    for nth in 0..model.output_outlets()?.len() {
        model.set_output_fact(nth, InferenceFact::default())?;
    }
    model.into_optimized()?.into_runnable()
}

/// Weights beside the file cannot be shared with it.
fn check_weights(graph: &GraphProto) -> Result<(), Fault> {
    let outside = |tensor: &&TensorProto| tensor.data_location == Some(DataLocation::External as i32);
    let Some(tensor) = graph.initializer.iter().find(outside) else { return Ok(()) };
    let location = tensor.external_data.iter().find(|entry| entry.key == "location");
    Err(Fault::ExternalWeights { file: location.map(|entry| short(&entry.value)).unwrap_or_default() })
}

fn check_operators(
    proto: &ModelProto,
    graph: &GraphProto,
    known: &tract_onnx::model::OnnxOpRegister,
) -> Result<(), Fault> {
    let opset = |domain: &str| {
        let is_same = |other: &str| other == domain || (other == "ai.onnx" && domain.is_empty());
        proto.opset_import.iter().find(|import| is_same(&import.domain)).map_or(0, |import| import.version)
    };
    for node in &graph.node {
        let is_standard = matches!(node.domain.as_str(), "" | "ai.onnx");
        if !known.0.contains_key(&node.op_type) {
            let operator = if is_standard { node.op_type.clone() } else { format!("{}.{}", node.domain, node.op_type) };
            return Err(Fault::Operator { operator: short(&operator), opset: opset(&node.domain) as u32 });
        }
        check_axes(node)?;
        for inner in node.attribute.iter().flat_map(|attribute| attribute.g.iter().chain(&attribute.graphs)) {
            check_operators(proto, inner, known)?;
        }
    }
    Ok(())
}

/// tract counts up to an axis, and looks up what it names, without asking whether there is one.
fn check_axes(node: &NodeProto) -> Result<(), Fault> {
    let is_axis = |attribute: &&AttributeProto| matches!(attribute.name.as_str(), "axis" | "axes" | "perm");
    let mut axes = node.attribute.iter().filter(is_axis).flat_map(|axis| axis.ints.iter().chain([&axis.i]));
    match axes.find(|axis| !(-MOST_RANK..MOST_RANK).contains(*axis)) {
        Some(axis) => Err(Fault::Graph { detail: short(&format!("{} {}: no axis {axis}", node.op_type, node.name)) }),
        None => Ok(()),
    }
}

/// Every output is made by something: tract takes that for granted.
fn check_wires(graph: &GraphProto) -> Result<(), Fault> {
    let mut made: HashSet<&str> = graph.input.iter().map(|input| input.name.as_str()).collect();
    made.extend(graph.initializer.iter().map(|tensor| tensor.name.as_str()));
    made.extend(graph.node.iter().flat_map(|node| node.output.iter().map(String::as_str)));
    match graph.output.iter().find(|output| !made.contains(output.name.as_str())) {
        Some(output) => Err(Fault::Graph { detail: short(&format!("nothing makes the output {}", output.name)) }),
        None => Ok(()),
    }
}

fn inputs(graph: &GraphProto) -> Result<Vec<Input>, Fault> {
    let is_weight = |info: &&ValueInfoProto| graph.initializer.iter().any(|tensor| tensor.name == info.name);
    let infos: Vec<&ValueInfoProto> = graph.input.iter().filter(|info| !is_weight(info)).collect();
    if !infos.iter().any(|info| info.name == "input_ids") {
        let inputs = infos.iter().map(|info| short(&info.name)).collect();
        return Err(Fault::NoTextInput { inputs });
    }
    let input = |info: &&ValueInfoProto| {
        let holds = match info.name.as_str() {
            "input_ids" => Holds::Ids,
            "attention_mask" => Holds::Mask,
            "token_type_ids" => Holds::Types,
            _ => return Err(Fault::UnknownInput { input: short(&info.name) }),
        };
        Ok(Input { holds, is_int32: elem_type(info) == Some(INT32) })
    };
    infos.iter().map(input).collect()
}

/// `logits`, or the only one that has a row of numbers.
fn output(graph: &GraphProto) -> Result<usize, Fault> {
    if let Some(logits) = graph.output.iter().position(|output| output.name == "logits") {
        return Ok(logits);
    }
    let rows: Vec<usize> = (0..graph.output.len()).filter(|&nth| rank(&graph.output[nth]) == Some(2)).collect();
    match (rows.as_slice(), graph.output.len()) {
        (&[row], _) => Ok(row),
        (_, 1) => Ok(0),
        _ => Err(Fault::NoScores { outputs: graph.output.iter().map(|output| short(&output.name)).collect() }),
    }
}

fn tensor_type(info: &ValueInfoProto) -> Option<&type_proto::Tensor> {
    let type_proto::Value::TensorType(tensor) = info.r#type.as_ref()?.value.as_ref()?;
    Some(tensor)
}

fn elem_type(info: &ValueInfoProto) -> Option<i32> {
    tensor_type(info).map(|tensor| tensor.elem_type)
}

fn rank(info: &ValueInfoProto) -> Option<usize> {
    Some(tensor_type(info)?.shape.as_ref()?.dim.len())
}

/// Rows of the table whose name holds one of these words.
fn rows(graph: &GraphProto, words: &[&str]) -> Option<usize> {
    let is_table =
        |tensor: &&TensorProto| tensor.dims.len() == 2 && words.iter().any(|word| tensor.name.contains(word));
    graph
        .initializer
        .iter()
        .find(is_table)
        .and_then(|table| usize::try_from(table.dims[0]).ok())
        .filter(|&rows| rows > 1)
}

/// At most so much is told of a file.
pub fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(MOST_DETAIL_CHARS).collect()
}
