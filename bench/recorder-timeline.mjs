export async function timelines() {}
