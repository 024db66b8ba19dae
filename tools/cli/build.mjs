console.log('build later');
