//! rten behind the three calls that the bench makes of every engine.

use rten::{ModelOptions, NodeId};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use wasm_bindgen::prelude::*;

const INPUTS: [&str; 4] = ["input_ids", "token_type_ids", "attention_mask", "phrase_rows"];

#[wasm_bindgen]
pub struct Model {
    model: rten::Model,
    inputs: [NodeId; 4],
}

#[wasm_bindgen]
impl Model {
    #[wasm_bindgen(constructor)]
    pub fn new(file: Vec<u8>) -> Result<Model, JsError> {
        let model = ModelOptions::with_all_ops().prepack_weights(true).load(file)?;
        let mut inputs = Vec::new();
        for name in INPUTS {
            inputs.push(model.node_id(name)?);
        }
        Ok(Self { model, inputs: inputs.try_into().unwrap() })
    }

    /// Logits of the five heads, one after the other. `phrases` has two parts of the same length.
    pub fn run(&self, ids: &[i32], types: &[i32], phrases: &[i32]) -> Result<Vec<f32>, JsError> {
        let mask = vec![1; ids.len()];
        let rows = [ids, types, &mask].map(|values| NdTensor::from_data([1, values.len()], values.to_vec()));
        let phrases = NdTensor::from_data([1, 2, phrases.len() / 2], phrases.to_vec());
        let values = rows.iter().map(|row| row.view().into()).chain([phrases.view().into()]);
        let inputs = self.inputs.into_iter().zip(values);
        let outputs = self.model.run(inputs.collect(), self.model.output_ids(), None)?;
        let mut logits = Vec::new();
        for output in outputs.into_iter().take(5) {
            let output: NdTensor<f32, 2> = output.try_into()?;
            logits.extend(output.to_vec());
        }
        Ok(logits)
    }
}
