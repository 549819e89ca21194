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

    /// Logits of intent, sentiment and emotion, one after the other.
    pub fn run(&self, ids: &[i32], types: &[i32], phrases: &[i32]) -> Result<Vec<f32>, JsError> {
        let mask = vec![1; ids.len()];
        let rows = [ids, types, &mask, phrases].map(|values| NdTensor::from_data([1, values.len()], values.to_vec()));
        let inputs = self.inputs.into_iter().zip(rows.iter().map(|row| row.view().into()));
        let outputs = self.model.run(inputs.collect(), self.model.output_ids(), None)?;
        let mut logits = Vec::new();
        for output in outputs.into_iter().take(3) {
            let output: NdTensor<f32, 2> = output.try_into()?;
            logits.extend(output.to_vec());
        }
        Ok(logits)
    }
}
